import type { RoleId } from "./link-settings.ts";
import type { Settings } from "./settings.ts";

/** What a link may ask of its far end. */
export type Capability = "request" | "registration" | "lookup" | "pull" | "membership";
/** What a place offers to those that stand in it. */
export type Place = "canvas" | "site" | "hypervisor" | "runtime" | "servlets";

/**
 * The part of a kind that the document's gate needs; `engine/kind.ts` extends it with behaviour. What may be
 * linked to what, and stand in what, follows from capabilities alone, so that kinds never name each other.
 */
export interface KindDeclaration {
  readonly id: string;
  readonly settings: Settings;
  /** The roles of the links that may start here; each role says what its far end must accept. */
  readonly calls: readonly RoleId[];
  readonly accepts: readonly Capability[];
  /** What this node offers to those that stand in it; empty: nothing can stand in it. */
  readonly places: readonly Place[];
  /** Where it may stand; any one of these suffices. */
  readonly placedIn: readonly Place[];
  /** The setting that names the image that it builds, for a kind that builds one. */
  readonly builds?: string;
  /** The setting that names the image that it is an instance of, for a kind that is made of one. */
  readonly instanceOf?: string;
  /** The setting that names the image that it is: a package, which is run and not linked to. */
  readonly packages?: string;
  /** What a registry's rules are, as far as a document is to be warned about them. */
  readonly registry?: RegistryDeclaration;
  /** Acts that a person or a schedule may do to it. */
  readonly acts: readonly string[];
  /** A card's size, or a frame's smallest size, in canvas pixels (multiples of 12). */
  readonly size: { readonly width: number; readonly height: number };
  /** The palette's group and key. */
  readonly palette: {
    readonly group: "traffic" | "machines" | "network" | "images" | "backing";
    readonly key: string;
    readonly order: number;
  };
  /** Stem of a new node's name ("web" gives web-1, web-2). */
  readonly stem: string;
}

export interface RegistryDeclaration {
  /** The setting that says whose rules it goes by; members of one go by the same. */
  readonly rules: string;
  /** By rules: the setting that says how long an instance may be silent. */
  readonly patience: Readonly<Record<string, string>>;
  /** Rules by which it says itself how often it is to be heard of, where the instance doesn't. */
  readonly setsPace: readonly string[];
  /** Rules by which several members agree by majority. */
  readonly byMajority: readonly string[];
  /** Rules by which it looks for itself after a master and its replicas: the setting for how many must agree, and the tag of the first master. */
  readonly watched: { readonly rules: readonly string[]; readonly quorum: string; readonly mark: string };
}

export type KindMap = ReadonlyMap<string, KindDeclaration>;
