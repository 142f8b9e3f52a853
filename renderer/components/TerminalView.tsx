import '@xterm/xterm/css/xterm.css';
import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import { type ReactElement, useEffect, useRef } from 'react';
import { adoptStyles, withInertStyles } from './adopt-styles.ts';
import css from './TerminalView.module.css';

export interface TerminalViewProps {
  readonly label: string;
  /** The terminal is drawn: here is its size and how to print into it. */
  readonly onReady: (size: { rows: number; columns: number }, print: (data: string) => void) => void;
  readonly onType: (data: string) => void;
  readonly onResize: (size: { rows: number; columns: number }) => void;
}

/** A console. Shift+Tab leaves it; everything else is typed into it. */
export function TerminalView(props: TerminalViewProps): ReactElement {
  const place = useRef<HTMLDivElement>(null);
  const told = useRef(props);
  told.current = props;
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const terminal = new Terminal({
      fontFamily: getComputedStyle(element).getPropertyValue('--font-mono'),
      fontSize: 13,
      cursorBlink: false,
      scrollback: 5_000,
      screenReaderMode: true,
      theme: { background: '#0c0c0c', foreground: '#cccccc' },
    });
    const fit = new FitAddon();
    terminal.loadAddon(fit);
    terminal.attachCustomKeyEventHandler(event => !(event.key === 'Tab' && event.shiftKey));
    withInertStyles(() => terminal.open(element));
    const undoStyles = adoptStyles(element);
    fit.fit();
    const size = () => ({ rows: terminal.rows, columns: terminal.cols });
    terminal.onData(data => told.current.onType(data));
    terminal.onResize(() => told.current.onResize(size()));
    const watch = new ResizeObserver(() => fit.fit());
    watch.observe(element);
    told.current.onReady(size(), data => terminal.write(data));
    terminal.focus();
    return () => {
      watch.disconnect();
      terminal.dispose();
      undoStyles();
    };
  }, []);
  return (
    <section className={css['terminal']} aria-label={props.label}>
      <div ref={place} />
    </section>
  );
}
