import type { SettingValues } from "../../document/topology.ts";
import type { Checkpointed } from "../../engine/kernel/table.ts";
import type { GivenImage } from "../../engine/images/given-images.ts";
import type { Image } from "../../engine/images/image.ts";
import { shortDigest } from "../../engine/images/image-status.ts";
import type { Run } from "../../engine/run.ts";
import type { Fact } from "../../engine/status.ts";
import type { ContainerSettings } from "./declaration.ts";
import { commandText, givenByImage, isInteractive } from "./image-settings.ts";

/** `docker run --pull`. */
type PullPolicy = "missing" | "always" | "never";

interface Settled {
  readonly image: Image | null;
  readonly from: ContainerSettings;
  readonly settings: ContainerSettings;
}

/** The image of each container: how it comes to its machine, which one the container was made of, and what it says for it. */
export class OwnImages implements Checkpointed {
  private readonly run: Run;
  /** What each was made of: it keeps that image, whatever its name stands for later. */
  private held: (Image | null | undefined)[] = [];
  /** Derived: its settings with what its image gives. */
  private readonly settled: (Settled | undefined)[] = [];

  constructor(run: Run) {
    this.run = run;
    run.keep(this);
  }

  of(row: number): Image | null {
    return this.held[row] ?? null;
  }

  wantedBy(row: number): GivenImage {
    const { image, imageMb, layers } = this.ownSettings(row);
    return { name: image, layers, megabytes: imageMb };
  }

  /** It is created of what its image's name stands for now on its machine; null: nothing more than the name is known. */
  take(row: number): void {
    this.held[row] = this.run.pulls.localImage(this.machineOf(row), this.wantedBy(row).name);
  }

  /** It is to be made anew, of which image is not known yet. */
  drop(row: number): void {
    this.held[row] = null;
  }

  /** Whether it may be made of what its machine has: `--pull always` asks the registry first, if there is one. */
  isReady(row: number): boolean {
    const { pulls } = this.run;
    const machine = this.machineOf(row);
    return pulls.has(machine, this.wantedBy(row)) && (this.policyOf(row) !== "always" || pulls.linkOf(machine) === undefined);
  }

  /** Its image is sent for; with the policy "never" there is only what there is. */
  pull(row: number): void {
    const { pulls } = this.run;
    const machine = this.machineOf(row);
    const wanted = this.wantedBy(row);
    if (this.policyOf(row) === "never") this.run.of(row).imageSettled?.(row, wanted.name, pulls.has(machine, wanted));
    else pulls.ask(machine, row, wanted, this.policyOf(row) === "always");
  }

  /** Why there is no image: the registry has not given it, or was not to be asked. */
  gaveUp(row: number): void {
    this.run.note("pull-failed", row, -1, this.policyOf(row) === "never" ? 1 : 0);
  }

  /** Its settings: its own, then its image's, then the defaults. */
  settingsOf(row: number): ContainerSettings {
    const image = this.of(row);
    const from = this.ownSettings(row);
    const known = this.settled[row];
    if (known !== undefined && known.image === image && known.from === from) return known.settings;
    const settings = this.withImage(row, from, this.recordOf(row));
    this.settled[row] = { image, from, settings };
    return settings;
  }

  /** What its settings were before an edit. */
  withImage(row: number, from: ContainerSettings, own: SettingValues): ContainerSettings {
    const image = this.of(row);
    return image === null ? from : { ...from, ...givenByImage(image.config, own) };
  }

  /** Those of its settings that come from its image. */
  given(row: number): SettingValues {
    const image = this.of(row);
    return image === null ? {} : (givenByImage(image.config, this.recordOf(row)) as SettingValues);
  }

  waitsForInput(row: number): boolean {
    const image = this.of(row);
    return image !== null && isInteractive(image.config, this.recordOf(row));
  }

  facts(row: number): Fact[] {
    const image = this.of(row);
    if (image === null) return [];
    const command = commandText(image.config);
    return [{ key: "made-of", value: shortDigest(image.digest) }, ...(command === "" ? [] : [{ key: "image-command", value: command }])];
  }

  private policyOf(row: number): PullPolicy {
    return this.ownSettings(row).pull as PullPolicy;
  }

  private ownSettings(row: number): ContainerSettings {
    return this.run.node(row).settings as unknown as ContainerSettings;
  }

  private recordOf(row: number): SettingValues {
    return this.run.node(row).record.settings;
  }

  private machineOf(row: number): number {
    return this.run.entities.parent[row]! - 1;
  }

  save(): unknown {
    return this.held.slice();
  }

  load(saved: unknown): void {
    this.held = (saved as (Image | null | undefined)[]).slice();
  }
}
