import type { SettingValues } from "./topology.ts";

/** A real system that a thing can be set as: that system's algorithm and its documented defaults. */
export interface Preset {
  readonly id: string;
  /** The product's own name, the same in every language. */
  readonly name: string;
  /** Where its defaults are from. */
  readonly source: string;
  /** Each preset of a kind says all that any other says, so that choosing one leaves nothing of the last. */
  readonly settings: SettingValues;
}

/** The configuration file of a real program that a drawn thing stands for. */
export interface Configuration {
  /** The file's usual name. */
  readonly file: string;
  readonly text: string;
}
