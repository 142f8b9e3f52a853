import { createStore, type StoreApi } from 'zustand/vanilla';
import { SCREENS, type Screen } from '../../shared/domain/screen.ts';
import { type SettingsSection, settingsSection } from '../../shared/domain/settings-section.ts';

/** What the person looks at. No truth of the host is in here. */
export interface View {
  readonly screen: Screen;
  /** Of the settings, the part that is shown. */
  readonly section: SettingsSection;
  readonly paletteOpen: boolean;
  /** What was typed since the palette was asked for; undefined once it has the focus, and takes what is typed itself. */
  readonly ahead: string | undefined;
  /** The text in each screen's filter. */
  readonly filters: Readonly<Partial<Record<Screen, string>>>;
  /** The cell whose evidence is shown: a volume and, perhaps, a namespace. */
  readonly selected: { readonly device: string; readonly namespace?: string } | undefined;
  readonly visibilityTab: 'matrix' | 'map';
  /** A question or a tool that stands over whatever screen is shown. */
  readonly dialog: 'unload' | 'explain' | 'report' | 'bundle' | 'help' | undefined;
  /** The container whose stop is asked about, on the screen that lists it. */
  readonly stopping: { readonly container: string; readonly force: boolean } | undefined;
  /** The container whose console is open below the file systems. */
  readonly console: string | undefined;
  /** The field for the name of a workspace made of what runs is open. */
  readonly capturing: boolean;
}

export interface ViewStore {
  readonly store: StoreApi<View>;
  show(screen: Screen): void;
  /** The settings, at one of their sections. */
  showSettings(section: SettingsSection): void;
  filter(screen: Screen, text: string): void;
  openPalette(open: boolean): void;
  typeAhead(text: string | undefined): void;
  select(device: string | undefined, namespace?: string): void;
  tab(tab: View['visibilityTab']): void;
  ask(dialog: View['dialog']): void;
  askStop(stopping: View['stopping']): void;
  openConsole(container: string | undefined): void;
  capture(open: boolean): void;
}

/** Reads `#/visibility` and `#/launch?profile=...`. Unknown fragments lead to the first screen. */
export function screenOf(fragment: string): Screen {
  return screenNamed(fragment) ?? 'readiness';
}

/** The screen that a fragment names, if it names one. */
export function screenNamed(fragment: string): Screen | undefined {
  const [, name] = /^#\/(\w+)(?:\?|$)/.exec(fragment) ?? [];
  return SCREENS.find(screen => screen === name);
}

/** The section of the settings that a fragment names; the first where it names none. */
export function sectionOf(fragment: string): SettingsSection {
  const [, name] = /^#\/settings\?section=(\w+)$/.exec(fragment) ?? [];
  return settingsSection(name) ?? 'general';
}

/** The fragment by which what is shown can be linked to. */
export function fragmentOf({ screen, section }: Pick<View, 'screen' | 'section'>): string {
  return screen === 'settings' && section !== 'general' ? `#/settings?section=${section}` : `#/${screen}`;
}

/** Whether a fragment asks for a workspace to be made of what runs. */
export function isCapture(fragment: string): boolean {
  return /^#\/filesystems\?capture(?:=|&|$)/.test(fragment);
}

export function createViewStore(fragment: string): ViewStore {
  const store = createStore<View>(() => ({
    screen: screenOf(fragment),
    section: sectionOf(fragment),
    paletteOpen: false,
    ahead: undefined,
    filters: {},
    selected: undefined,
    visibilityTab: 'matrix',
    dialog: undefined,
    stopping: undefined,
    console: undefined,
    capturing: isCapture(fragment),
  }));
  return {
    store,
    show: screen => store.setState({ screen, paletteOpen: false }),
    showSettings: section =>
      store.setState(view => ({
        screen: 'settings',
        section,
        paletteOpen: false,
        filters: { ...view.filters, settings: '' },
      })),
    filter: (screen, text) => store.setState(view => ({ filters: { ...view.filters, [screen]: text } })),
    openPalette: paletteOpen =>
      store.setState(now => ({ paletteOpen, ahead: now.paletteOpen || !paletteOpen ? now.ahead : '' })),
    typeAhead: ahead => store.setState({ ahead }),
    select: (device, namespace) =>
      store.setState({
        selected: device === undefined ? undefined : { device, ...(namespace === undefined ? {} : { namespace }) },
      }),
    tab: visibilityTab => store.setState({ visibilityTab }),
    ask: dialog => store.setState({ dialog }),
    askStop: stopping => store.setState({ stopping }),
    openConsole: container => store.setState({ console: container }),
    capture: capturing => store.setState({ capturing }),
  };
}
