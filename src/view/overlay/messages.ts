import type { LinkId, NodeId } from "../../document/topology.ts";

/** The kinds of traffic that can be shown and hidden. */
export const layerNames = ["requests", "probes", "discovery", "images"] as const;
export type LayerName = (typeof layerNames)[number];
export type ShownLayers = Readonly<Record<LayerName, boolean>>;

/** Where the drawing is seen from: a point of the canvas stands at x·zoom + `x`, in css pixels. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
  readonly width: number;
  readonly height: number;
  /** Device pixels a css pixel. */
  readonly ratio: number;
}

export interface Palette {
  readonly accent: string;
  readonly bad: string;
  readonly quiet: string;
  readonly sheet: string;
  readonly ink: string;
  /** 1 as a rule, 2 in the presenter's mode. */
  readonly scale: number;
  /** Reduced motion: nothing travels. */
  readonly still: boolean;
}

/** The lines and boxes that messages travel between; `points` holds (samples + 1) × 2 numbers a key. */
export interface Ground {
  readonly keys: readonly string[];
  readonly points: Float32Array;
  readonly links: readonly (readonly [id: LinkId, from: NodeId, to: NodeId])[];
  readonly boxIds: readonly NodeId[];
  /** x, y, width, height each. */
  readonly boxes: Float32Array;
}

/** What a frame tells the painter. `wallMs` is `timeOrigin + now`, which all threads share. */
export interface Beat {
  readonly nowUs: number;
  readonly speed: number;
  readonly playing: boolean;
  readonly faultUs: number | null;
  readonly fresh: boolean;
  readonly wallMs: number;
}

export type ToPainter =
  | { readonly type: "canvas"; readonly canvas: OffscreenCanvas }
  | { readonly type: "camera"; readonly camera: Camera }
  | { readonly type: "palette"; readonly palette: Palette }
  | { readonly type: "layers"; readonly layers: ShownLayers }
  | { readonly type: "index"; readonly nodes: readonly NodeId[]; readonly links: readonly LinkId[] }
  | { readonly type: "ground"; readonly ground: Ground }
  | {
      readonly type: "beat";
      readonly beat: Beat;
      readonly hops: Float64Array;
      readonly marks: Float64Array;
      readonly dead: readonly NodeId[];
    }
  | { readonly type: "pick"; readonly id: number; readonly x: number; readonly y: number; readonly radius: number }
  | { readonly type: "hold"; readonly hit: Hit | null };

/** Through this port the engine's worker tells the painter's what travels. */
export interface FromEngine {
  readonly type: "engine";
  readonly port: MessagePort;
}

/** A request under the pointer: `x` and `y` are in canvas pixels. */
export interface Hit {
  readonly client: NodeId;
  readonly number: number;
  readonly x: number;
  readonly y: number;
}

export type FromPainter =
  { readonly type: "picked"; readonly id: number; readonly hit: Hit | null } | { readonly type: "sampling"; readonly sampling: Sampling };

/** Whether hops of the last second are drawn slowed, and how many of the requests begun then are drawn. */
export interface Sampling {
  readonly slowed: boolean;
  readonly shown: number;
  readonly of: number;
}

export const routeKey = (from: NodeId, to: NodeId): string => `${from}>${to}`;
