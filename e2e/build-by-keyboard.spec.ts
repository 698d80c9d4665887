import type { Page } from "@playwright/test";
import { chooseEntry, command, focusOn, goToField, goToPart, goToTab, pick, press, pressUntil, typeInto } from "./keys.ts";
import {
  documentOf,
  expect,
  inspector,
  newNode,
  nodeAt,
  nothingOverlaps,
  parentOf,
  selectionOf,
  test,
  toBeLinked,
  toastSays,
  twoForAVm,
  twoHosts,
} from "./playground.ts";

const linksOf = async (page: Page) => Object.values((await documentOf(page)).links);
const idsOf = async (page: Page) => Object.keys((await documentOf(page)).nodes);
const linkAt = (page: Page, id: string) => page.locator(`[data-link="${id}"]`);

async function emptyPage(page: Page): Promise<void> {
  await press(page, "F6");
  await pressUntil(page, "Tab", "Examples");
  await press(page, "Enter");
  await chooseEntry(page, "New, empty");
  await expect.poll(() => idsOf(page)).toEqual([]);
}

/** What a key or a command made. */
async function made(page: Page, make: () => Promise<void>): Promise<string> {
  const before = await idsOf(page);
  await make();
  return newNode(page, before);
}

test.describe("building with the keyboard", () => {
  test("each of the nine kinds is placed from the palette, where it may stand", async ({ playground: page }) => {
    await emptyPage(page);
    await goToPart(page, ".palette");
    const place = (kind: string) =>
      made(page, async () => {
        await pressUntil(page, "ArrowDown", kind);
        await press(page, "Enter");
      });
    const zone = await place("Zone");
    const host = await place("Host");
    const vm = await place("Virtual machine");
    const inVm = await place("Container");
    const { nodes } = await documentOf(page);
    expect([zone, host, vm, inVm].map((id) => nodes[id]?.parent)).toEqual([null, zone, host, vm]);
    await press(page, "Escape");
    expect(await selectionOf(page)).toEqual([]);
    for (const kind of ["Client", "Load balancer", "Service registry", "Image registry", "Dependency"]) {
      const id = await place(kind);
      expect(await parentOf(page, id)).toBeNull();
      await press(page, "Escape");
    }
    expect(new Set(Object.values((await documentOf(page)).nodes).map(({ kind }) => kind)).size).toBe(9);
    await nothingOverlaps(page);
  });

  test("a kind is placed by its name, and by its own key", async ({ playground: page }) => {
    await emptyPage(page);
    const byName = await made(page, () => command(page, "service reg", "Place: Service registry"));
    const byKey = await made(page, () => press(page, "d"));
    const { nodes } = await documentOf(page);
    expect([nodes[byName]?.kind, nodes[byKey]?.kind]).toEqual(["service-registry", "dependency"]);
    expect(await selectionOf(page)).toEqual([byKey]);
    await expect(nodeAt(page, byKey)).toBeInViewport();
  });

  test("where a frame is missing it is said, and Y makes it and puts the thing in: one step", async ({ playground: page }) => {
    await emptyPage(page);
    await press(page, "n");
    await toastSays(page, "Container: nothing here that it could stand in");
    await expect(page.getByRole("button", { name: "Create a Host for it" })).toContainText("Y");
    expect(await idsOf(page)).toEqual([]);
    await press(page, "y");
    await expect.poll(async () => (await idsOf(page)).length).toBe(2);
    const nodes = Object.values((await documentOf(page)).nodes);
    expect(nodes.find(({ kind }) => kind === "container")?.parent).toBe(nodes.find(({ kind }) => kind === "host")?.id);
    await press(page, "Control+z");
    await expect.poll(() => idsOf(page)).toEqual([]);
  });

  test("in, out and over by “Move to…”; a forbidden place is in the list with its reason", async ({ open }) => {
    const page = await open(twoHosts);
    await focusOn(page, "app");
    await press(page, "Shift+M");
    await chooseEntry(page, "host-2");
    await expect.poll(() => parentOf(page, "app")).toBe("host-2");
    await nothingOverlaps(page);
    await expect(nodeAt(page, "app")).toBeFocused();
    const before = await documentOf(page);
    await press(page, "Shift+M");
    await expect(page.getByRole("menuitem", { name: "the canvas" })).toContainText(
      "Container can stand only on a host or in a virtual machine",
    );
    await chooseEntry(page, "the canvas");
    await toastSays(page, "Container can stand only on a host or in a virtual machine");
    await press(page, "Shift+F10");
    await chooseEntry(page, "Move to…");
    await chooseEntry(page, "host-1");
    await expect.poll(() => parentOf(page, "app")).toBe("host-1");
    await focusOn(page, "host-1");
    await press(page, "Shift+M");
    await expect(page.getByRole("menuitem", { name: "host-2" })).toContainText(/Host can stand only .*not in Host/);
    await press(page, "Escape");
    expect((await documentOf(page)).nodes["host-1"]).toEqual(before.nodes["host-1"]);
    await press(page, "Escape");
    const zone = await made(page, () => press(page, "z"));
    await focusOn(page, "host-1");
    await command(page, "move to zone", "Move to…");
    await expect.poll(() => parentOf(page, "host-1")).toBe(zone);
    await command(page, "move to the canvas", "Move to…");
    await expect.poll(() => parentOf(page, "host-1")).toBeNull();
    await nothingOverlaps(page);
  });

  test("several things move together into a virtual machine, and a nudge moves them by a step", async ({ open }) => {
    const page = await open(twoForAVm);
    await focusOn(page, "app-1");
    await press(page, "ArrowRight");
    await expect(nodeAt(page, "app-2")).toBeFocused();
    await press(page, "Shift+Enter");
    expect(await selectionOf(page)).toEqual(["app-1", "app-2"]);
    await press(page, "Shift+M");
    await chooseEntry(page, "vm-1");
    await expect.poll(async () => [await parentOf(page, "app-1"), await parentOf(page, "app-2")]).toEqual(["vm-1", "vm-1"]);
    await nothingOverlaps(page);
    await press(page, "Control+z");
    expect([await parentOf(page, "app-1"), await parentOf(page, "app-2")]).toEqual(["host-1", "host-1"]);
    await focusOn(page, "vm-1");
    const { x } = (await documentOf(page)).nodes["vm-1"]!.position;
    await press(page, "Alt+ArrowRight", "Alt+ArrowRight");
    await expect.poll(async () => (await documentOf(page)).nodes["vm-1"]?.position.x).toBe(x + 24);
  });
});

test.describe("linking with the keyboard", () => {
  test("a link is made to an end by its name, selected, and shows its settings", async ({ open }) => {
    const page = await open(toBeLinked);
    await focusOn(page, "caller");
    await press(page, "Shift+X");
    await chooseEntry(page, "front");
    await expect.poll(() => linksOf(page)).toMatchObject([{ from: "caller", role: "call", to: "front" }]);
    await expect(inspector(page).getByRole("heading", { name: "caller → front" })).toBeVisible();
    await focusOn(page, "front");
    await command(page, "link to store", "Link to… store");
    await expect.poll(async () => (await linksOf(page)).at(-1)).toMatchObject({ from: "front", role: "forward", to: "store" });
  });

  test("a port leads to a new node, too: its kind is placed and linked", async ({ open }) => {
    const page = await open({ ...toBeLinked, title: { en: "To a new one" } });
    await focusOn(page, "caller");
    const store = await made(page, async () => {
      await press(page, "Shift+X");
      await chooseEntry(page, "Dependency");
    });
    await expect.poll(() => linksOf(page)).toMatchObject([{ from: "caller", to: store }]);
    await nothingOverlaps(page);
    await expect(nodeAt(page, store)).toBeFocused();
    await press(page, "Control+z");
    await expect.poll(() => idsOf(page)).not.toContain(store);
    expect(await linksOf(page)).toEqual([]);
  });

  test("a forbidden link is in the list with its reason, and says it when it is chosen; the same link twice, too", async ({ open }) => {
    const page = await open({ ...toBeLinked, title: { en: "Refused" } });
    await focusOn(page, "front");
    await press(page, "Shift+X");
    await expect(page.getByRole("menuitem", { name: /^caller/ })).toHaveAttribute("aria-disabled", "true");
    await chooseEntry(page, "caller");
    await toastSays(page, /Load balancer can send .*Client takes none of these/);
    expect(await linksOf(page)).toEqual([]);
    await press(page, "Shift+X");
    await chooseEntry(page, "store");
    await expect.poll(async () => (await linksOf(page)).length).toBe(1);
    await focusOn(page, "front");
    await press(page, "Shift+X");
    await chooseEntry(page, "store");
    await toastSays(page, "These two are already linked in this way.");
    expect(await linksOf(page)).toHaveLength(1);
  });

  test("what a service does with a request is said on its link: calls, order, waiting, failing", async ({ open }) => {
    const page = await open({ ...toBeLinked, title: { en: "Said on links" } });
    await focusOn(page, "caller");
    await press(page, "Shift+X");
    await chooseEntry(page, "front");
    await expect.poll(async () => (await linksOf(page)).length).toBe(1);
    await goToTab(page, "Settings");
    await typeInto(page, "Calls per request", "3");
    await expect(page.locator(".plate")).toContainText("3");
    await goToField(page, "Made");
    await pick(page, "at once");
    await expect(page.locator(".plate")).toContainText("at once");
    await expect(inspector(page).getByLabel("Failure fails the request")).toBeVisible();
    await goToField(page, "Waits for the answer");
    await press(page, "Space");
    await expect(inspector(page).getByLabel("Failure fails the request")).toHaveCount(0);
    await expect(page.locator(".plate")).toContainText("async");
  });

  test("links are walked from a node with X, chosen, cut, mended, deleted; the focus stays where the hand was", async ({
    playground: page,
  }) => {
    await focusOn(page, "visitors");
    await press(page, "x");
    const link = linkAt(page, "visitors-call-front");
    await expect(link).toBeFocused();
    await expect(link).toHaveAttribute("aria-label", "link from visitors to front, call");
    await press(page, "ArrowRight");
    await expect(nodeAt(page, "front")).toBeFocused();
    const ofFront = (await linksOf(page)).filter(({ from, to }) => from === "front" || to === "front").map(({ id }) => id);
    for (const id of [...ofFront, ofFront[0]!]) {
      await press(page, "x");
      await expect(linkAt(page, id)).toBeFocused();
    }
    await press(page, "Enter", "k");
    expect(await selectionOf(page)).toEqual([ofFront[0]]);
    await expect(link).toHaveAttribute("data-cut", "true");
    await press(page, "Shift+F10");
    await chooseEntry(page, "Mend the link");
    await expect(link).toHaveAttribute("data-cut", "false");
    await expect(link).toBeFocused();
    await press(page, "Delete");
    await expect(link).toHaveCount(0);
    await expect(nodeAt(page, "front")).toBeFocused();
    await press(page, "Control+z");
    await expect(link).toHaveCount(1);
  });
});
