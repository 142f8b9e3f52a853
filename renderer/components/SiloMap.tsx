import '@xyflow/react/dist/base.css';
import { BoxRegular } from '@fluentui/react-icons/svg/box';
import { CloudRegular } from '@fluentui/react-icons/svg/cloud';
import { DesktopRegular } from '@fluentui/react-icons/svg/desktop';
import { EyeFilled } from '@fluentui/react-icons/svg/eye';
import { LockClosedRegular } from '@fluentui/react-icons/svg/lock-closed';
import { QuestionCircleRegular } from '@fluentui/react-icons/svg/question-circle';
import {
  BaseEdge,
  Controls,
  type Edge,
  type EdgeProps,
  getBezierPath,
  Handle,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
} from '@xyflow/react';
import { type ReactElement, useMemo } from 'react';
import { visibilityWords } from '../../shared/wording/screen-visibility.ts';
import { plainText } from './plain-text.ts';
import css from './SiloMap.module.css';

/** A volume in a room. */
export interface MapChip {
  readonly device: string;
  readonly name: string;
  readonly verdict: 'private' | 'leaked' | 'unknown';
  readonly word: string;
}

/** A place on the map, in pixels. */
export interface MapBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface MapRoom extends MapBox {
  readonly id: string;
  readonly kind: 'host' | 'silo' | 'vm';
  readonly label: string;
  readonly sub: string;
  readonly chips: readonly MapChip[];
  readonly more: number;
  /** A leak can be seen from here. */
  readonly lit: boolean;
}

export interface MapLine {
  readonly id: string;
  readonly kind: 'registers' | 'reaches';
  readonly room: string;
  readonly devices: readonly string[];
  readonly predicted: boolean;
}

export interface SiloMapProps {
  readonly rooms: readonly MapRoom[];
  readonly mup: MapBox;
  readonly lines: readonly MapLine[];
  readonly chosen: string | undefined;
  readonly dark: boolean;
  readonly onChoose: (device: string) => void;
}

type RoomNode = Node<{ room: MapRoom; chosen: string | undefined; onChoose: (device: string) => void }, 'room'>;
type MupNode = Node<{ lit: boolean }, 'mup'>;
type LeakEdge = Edge<{ line: MapLine; chosen: string | undefined }, 'leak'>;

const MUP_ID = 'mup';
const words = visibilityWords.map;

/** The host above, the one MUP in the middle, silos below; leaks are lines that glow. The list beside it says the same. */
export function SiloMap({ rooms, mup, lines, chosen, dark, onChoose }: SiloMapProps): ReactElement {
  const nodes = useMemo((): (RoomNode | MupNode)[] => {
    const boxed = (box: MapBox) => ({
      position: { x: box.x, y: box.y },
      width: box.width,
      height: box.height,
      draggable: false,
      connectable: false,
      focusable: false,
      selectable: false,
    });
    return [
      { id: MUP_ID, type: 'mup', ...boxed(mup), data: { lit: lines.length > 0 } },
      ...rooms.map(
        (room): RoomNode => ({ id: room.id, type: 'room', ...boxed(room), data: { room, chosen, onChoose } }),
      ),
    ];
  }, [rooms, mup, lines, chosen, onChoose]);
  const edges = useMemo(
    (): LeakEdge[] =>
      lines.map(line => {
        const isHost = rooms.find(room => room.id === line.room)?.kind === 'host';
        const ends = {
          source: line.kind === 'registers' ? line.room : MUP_ID,
          target: line.kind === 'registers' ? MUP_ID : line.room,
        };
        // The host hangs above the MUP, the silos below it.
        const [roomSide, mupSide] = isHost ? ['bottom', 'top'] : ['top', 'bottom'];
        const [sourceSide, targetSide] = line.kind === 'registers' ? [roomSide, mupSide] : [mupSide, roomSide];
        return {
          id: line.id,
          type: 'leak',
          ...ends,
          sourceHandle: `out-${sourceSide}`,
          targetHandle: `in-${targetSide}`,
          focusable: false,
          selectable: false,
          data: { line, chosen },
        };
      }),
    [lines, rooms, chosen],
  );
  return (
    <section className={css['map']} aria-label={words.label}>
      <div className={css['legend']} aria-hidden="true">
        <span>
          <i /> {words.legendProven}
        </span>
        <span>
          <i className={css['dash']} /> {words.legendPredicted}
        </span>
      </div>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        colorMode={dark ? 'dark' : 'light'}
        fitView
        fitViewOptions={{ padding: 0.12, maxZoom: 1.15 }}
        minZoom={0.05}
        maxZoom={2}
        nodesFocusable={false}
        edgesFocusable={false}
        onlyRenderVisibleElements={rooms.length > 200}
        proOptions={{ hideAttribution: false }}
      >
        <Controls position="top-right" showInteractive={false} aria-label={words.controls} />
      </ReactFlow>
    </section>
  );
}

const SIDES = [
  ['top', Position.Top],
  ['bottom', Position.Bottom],
] as const;

function Handles(): ReactElement {
  return (
    <>
      {SIDES.flatMap(([name, position]) => [
        <Handle key={`out-${name}`} id={`out-${name}`} type="source" position={position} isConnectable={false} />,
        <Handle key={`in-${name}`} id={`in-${name}`} type="target" position={position} isConnectable={false} />,
      ])}
    </>
  );
}

const ROOM_ICONS = { host: <DesktopRegular />, silo: <BoxRegular />, vm: <CloudRegular /> } as const;
const CHIP_ICONS = {
  leaked: <EyeFilled />,
  private: <LockClosedRegular />,
  unknown: <QuestionCircleRegular />,
} as const;

function RoomView({ data: { room, chosen, onChoose } }: NodeProps<RoomNode>): ReactElement {
  return (
    <div className={`${css['room']} ${css[room.kind]} ${room.lit ? css['lit'] : ''}`}>
      <Handles />
      <div className={css['roomHead']} title={plainText(room.label)}>
        {ROOM_ICONS[room.kind]}
        <span>{plainText(room.label)}</span>
      </div>
      <div className={css['roomSub']}>{plainText(room.sub)}</div>
      {room.chips.length === 0 && <div className={css['nothing']}>{words.noVolumes}</div>}
      {room.chips.map(chip => (
        <button
          key={chip.device}
          type="button"
          tabIndex={-1}
          className={`nodrag nopan ${css['chip']} ${css[chip.verdict]} ${chip.device === chosen ? css['chosen'] : ''}`}
          title={plainText(chip.name)}
          onClick={() => onChoose(chip.device)}
        >
          {CHIP_ICONS[chip.verdict]}
          <span>{plainText(chip.name)}</span>
          <em>{chip.word}</em>
        </button>
      ))}
      {room.more > 0 && <div className={css['nothing']}>{words.more(room.more)}</div>}
    </div>
  );
}

function MupView({ data }: NodeProps<MupNode>): ReactElement {
  return (
    <div className={`${css['mup']} ${data.lit ? '' : css['dark']}`} title={words.mupHint}>
      <Handles />
      <b>{words.mup}</b>
      <small>{words.mupHint}</small>
    </div>
  );
}

function LeakLine(props: EdgeProps<LeakEdge>): ReactElement {
  const [path] = getBezierPath(props);
  const line = props.data?.line;
  const chosen = props.data?.chosen;
  const isDimmed = chosen !== undefined && line?.devices.includes(chosen) === false;
  const state = `${line?.predicted ? css['predicted'] : ''} ${isDimmed ? css['dimmed'] : ''}`;
  return (
    <>
      {!isDimmed && line?.predicted === false && <path d={path} className={css['glow']} />}
      <BaseEdge
        path={path}
        className={`${css['edge']} ${line?.kind === 'registers' ? css['registers'] : ''} ${state}`}
      />
    </>
  );
}

const NODE_TYPES = { room: RoomView, mup: MupView };
const EDGE_TYPES = { leak: LeakLine };
