import {
  boxOf,
  choose,
  chooseFromMenu,
  documentOf,
  drag,
  dragLink,
  emptyPage,
  expect,
  field,
  gripOf,
  inspector,
  newNode,
  nodeAt,
  nothingOverlaps,
  openTab,
  parentOf,
  placeByDrag,
  pointIn,
  pull,
  selectionOf,
  sketch,
  statusOf,
  takeFromPalette,
  test,
  toBeLinked,
  toastSays,
  twoForAVm,
  twoHosts,
  type,
} from "./playground.ts";
import type { Page } from "@playwright/test";

const undo = (page: Page) => page.getByRole("button", { name: "Undo" }).click();
const redo = (page: Page) => page.getByRole("button", { name: "Redo" }).click();

test.describe("building with the mouse", () => {
  test("each of the nine kinds is dragged from the palette to where it may stand", async ({ playground: page }) => {
    await emptyPage(page);
    const stage = await boxOf(page.locator(".canvas"));
    const at = (right: number, down: number) => ({ x: stage.x + stage.width * right, y: stage.y + stage.height * down });
    const zone = await placeByDrag(page, "zone", at(0.75, 0.2));
    const host = await placeByDrag(page, "host", await pointIn(page, zone, 0.5, 0.3));
    const vm = await placeByDrag(page, "virtual-machine", await pointIn(page, host, 0.35, 0.5));
    const inVm = await placeByDrag(page, "container", await pointIn(page, vm, 0.5, 0.5));
    const onCanvas = [
      await placeByDrag(page, "client", at(0.08, 0.2)),
      await placeByDrag(page, "load-balancer", at(0.28, 0.3)),
      await placeByDrag(page, "service-registry", at(0.2, 0.65)),
      await placeByDrag(page, "image-registry", at(0.1, 0.85)),
      await placeByDrag(page, "dependency", at(0.45, 0.88)),
    ];
    const { nodes } = await documentOf(page);
    expect([zone, host, vm, inVm].map((id) => nodes[id]?.parent)).toEqual([null, zone, host, vm]);
    expect(onCanvas.map((id) => nodes[id]?.parent)).toEqual([null, null, null, null, null]);
    expect(
      Object.values(nodes)
        .map(({ kind }) => kind)
        .sort(),
    ).toHaveLength(9);
    await nothingOverlaps(page);
  });

  test("a click in the palette places, too: near the middle of what is seen", async ({ playground: page }) => {
    await emptyPage(page);
    await page.locator('.palette-item[data-kind="dependency"]').click();
    const id = await newNode(page, []);
    await expect(nodeAt(page, id)).toBeInViewport();
    expect(await selectionOf(page)).toEqual([id]);
  });

  test("the command palette places by name", async ({ playground: page }) => {
    await emptyPage(page);
    await page.getByRole("button", { name: "Search or run a command" }).click();
    await page.getByPlaceholder("Search or run a command").fill("service reg");
    await page.getByRole("option", { name: "Place: Service registry" }).click();
    const id = await newNode(page, []);
    expect((await documentOf(page)).nodes[id]?.kind).toBe("service-registry");
  });

  test("a forbidden place says why while one holds it there, and nothing is placed", async ({ open }) => {
    const page = await open(twoHosts);
    const before = await documentOf(page);
    const canvas = await boxOf(page.locator(".canvas"));
    const empty = { x: canvas.x + 60, y: canvas.y + 40 };
    await takeFromPalette(page, "container", empty);
    await expect(page.locator(".pointer-note")).toContainText("Container can stand only on a host or in a virtual machine");
    await page.mouse.up();
    await toastSays(page, "Container can stand only on a host or in a virtual machine");
    await takeFromPalette(page, "client", await pointIn(page, "host-2"));
    await expect(page.locator(".pointer-note")).toContainText("Client can stand only on the canvas or in a zone, not in Host");
    await page.mouse.up();
    expect(await documentOf(page)).toEqual(before);
  });

  test("where a frame is missing, one click makes it and puts the thing in: one step", async ({ playground: page }) => {
    await emptyPage(page);
    const canvas = await boxOf(page.locator(".canvas"));
    await takeFromPalette(page, "container", { x: canvas.x + canvas.width / 2, y: canvas.y + canvas.height / 2 });
    await page.mouse.up();
    await page.getByRole("button", { name: "Create a Host for it" }).click();
    await expect.poll(async () => Object.keys((await documentOf(page)).nodes).length).toBe(2);
    const nodes = Object.values((await documentOf(page)).nodes);
    expect(nodes.find(({ kind }) => kind === "container")?.parent).toBe(nodes.find(({ kind }) => kind === "host")?.id);
    await undo(page);
    expect(Object.keys((await documentOf(page)).nodes)).toEqual([]);
  });

  test("a container dropped out, in and over is moved there; a forbidden drop goes back and says why", async ({ open }) => {
    const page = await open(twoHosts);
    await drag(page, await gripOf(page, "app"), await pointIn(page, "host-2", 0.6, 0.5));
    await expect.poll(() => parentOf(page, "app")).toBe("host-2");
    await nothingOverlaps(page);
    const before = await documentOf(page);
    const canvas = await boxOf(page.locator(".canvas"));
    await drag(page, await gripOf(page, "app"), { x: canvas.x + 60, y: canvas.y + 40 });
    await toastSays(page, "Container can stand only on a host or in a virtual machine");
    expect(await documentOf(page)).toEqual(before);
    await drag(page, await gripOf(page, "host-1"), await pointIn(page, "host-2", 0.8, 0.6));
    await toastSays(page, /Host can stand only .*not in Host/);
    expect(await documentOf(page)).toEqual(before);
  });

  test("several things move together into a virtual machine", async ({ open }) => {
    const page = await open(twoForAVm);
    await choose(page, "app-1");
    await choose(page, "app-2", { add: true });
    await drag(page, await gripOf(page, "app-2"), await pointIn(page, "vm-1", 0.5, 0.5));
    await expect.poll(async () => [await parentOf(page, "app-1"), await parentOf(page, "app-2")]).toEqual(["vm-1", "vm-1"]);
    await nothingOverlaps(page);
    await undo(page);
    expect([await parentOf(page, "app-1"), await parentOf(page, "app-2")]).toEqual(["host-1", "host-1"]);
  });
});

test.describe("linking with the mouse", () => {
  test("a link is dragged from a port to a node, selected, and shows its settings", async ({ open }) => {
    const page = await open(toBeLinked);
    await dragLink(page, "caller", "call", await pointIn(page, "front", 0.4, 0.5));
    await expect
      .poll(async () => Object.values((await documentOf(page)).links))
      .toMatchObject([{ from: "caller", role: "call", to: "front" }]);
    await expect(inspector(page).getByRole("heading", { name: "caller → front" })).toBeVisible();
    await openTab(page, "Settings");
    await expect(field(page, "Latency")).toBeVisible();
  });

  test("a forbidden link says why while one holds it there, and is not made", async ({ open }) => {
    const page = await open(toBeLinked);
    await nodeAt(page, "caller").hover();
    const port = await boxOf(nodeAt(page, "caller").locator('[data-port="call"]'));
    await pull(page, { x: port.x + port.width / 2, y: port.y + port.height / 2 }, await pointIn(page, "registry"));
    await expect(page.locator(".pointer-note")).toContainText("Service registry does not take requests");
    await page.mouse.up();
    await toastSays(page, "Service registry does not take requests");
    expect((await documentOf(page)).links).toEqual({});
  });

  test("the same link twice is refused", async ({ open }) => {
    const page = await open(toBeLinked);
    await dragLink(page, "front", "forward", await pointIn(page, "store"));
    await expect.poll(async () => Object.keys((await documentOf(page)).links).length).toBe(1);
    await dragLink(page, "front", "forward", await pointIn(page, "store"));
    await toastSays(page, "These two are already linked in this way.");
    expect(Object.keys((await documentOf(page)).links)).toHaveLength(1);
  });

  test("what a service does with a request is said on its link: calls, order, waiting, failing", async ({ open }) => {
    const page = await open({ ...toBeLinked, title: { en: "Said on links" } });
    await dragLink(page, "caller", "call", await pointIn(page, "front", 0.4, 0.5));
    await openTab(page, "Settings");
    await type(page, "Calls per request", "3");
    await expect(page.locator(".plate")).toContainText("3");
    await inspector(page).getByLabel("Made").selectOption("parallel");
    await expect(page.locator(".plate")).toContainText("at once");
    await expect(inspector(page).getByLabel("Failure fails the request")).toBeVisible();
    await inspector(page).getByLabel("Waits for the answer").uncheck();
    await expect(inspector(page).getByLabel("Failure fails the request")).toHaveCount(0);
    await expect(page.locator(".plate")).toContainText("async");
  });

  test("a link is chosen by a click on its line, and deleted", async ({ open }) => {
    const page = await open(
      sketch(
        "One link",
        [
          // No request is on its way: a click on its dot would open the journey instead.
          ["caller", "client", 0, 0, { arrivals: "by-hand" }],
          ["store", "dependency", 360, 0],
        ],
        [["caller", "call", "store"]],
      ),
    );
    const [from, to] = [await boxOf(nodeAt(page, "caller")), await boxOf(nodeAt(page, "store"))];
    const x = (from.x + from.width + to.x) / 2 + 40;
    await page.mouse.click(x, from.y + from.height / 2 + 3);
    await expect.poll(() => selectionOf(page)).toEqual(["caller-call-store"]);
    await chooseFromMenu(page, { x, y: from.y + from.height / 2 + 3 }, "Delete");
    expect((await documentOf(page)).links).toEqual({});
    await undo(page);
    expect(Object.keys((await documentOf(page)).links)).toEqual(["caller-call-store"]);
  });
});

test.describe("editing with the mouse", () => {
  test("the inspector's form is made from the schema: unit, range, default, help; a bad value is refused in words", async ({
    playground: page,
  }) => {
    await choose(page, "front");
    await openTab(page, "Settings");
    const row = page.locator(".inspector .field-row").filter({ has: page.locator("#setting-intervalMs") });
    await expect(row).toContainText("ms");
    await expect(row).toContainText("Back to the default, 2");
    await type(page, "inter", "5");
    await expect(row.getByRole("alert")).toContainText("From 10 ms to");
    expect((await documentOf(page)).nodes["front"]?.settings["intervalMs"]).toBe(1000);
    await type(page, "inter", "500");
    await expect(row.getByRole("alert")).toHaveCount(0);
    expect((await documentOf(page)).nodes["front"]?.settings["intervalMs"]).toBe(500);
    await row.getByRole("button", { name: /^Back to the default/ }).click();
    await expect.poll(async () => (await documentOf(page)).nodes["front"]?.settings["intervalMs"]).toBeUndefined();
    await expect(row).toContainText("Source: HAProxy");
  });

  test("a name is typed over; undo and redo go step by step, and the run goes on", async ({ playground: page }) => {
    await choose(page, "web-2");
    const name = inspector(page).getByLabel("Name");
    await name.fill("web-two");
    await name.blur();
    await expect(nodeAt(page, "web-2")).toContainText("web-two");
    await openTab(page, "Settings");
    await type(page, "Concurrency", "4");
    const before = await page.evaluate(() => window.__breakwater.time().nowUs);
    await undo(page);
    expect((await documentOf(page)).nodes["web-2"]?.settings["concurrency"]).toBeUndefined();
    await undo(page);
    await expect(nodeAt(page, "web-2")).toContainText("web-2");
    await redo(page);
    await redo(page);
    expect((await documentOf(page)).nodes["web-2"]).toMatchObject({ name: "web-two", settings: { concurrency: 4 } });
    await expect.poll(() => page.evaluate(() => window.__breakwater.time().nowUs)).toBeGreaterThan(before);
  });

  test("copied and pasted: a second one beside the first; duplicated three times in one step", async ({ open, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const page = await open(twoHosts);
    const command = async (name: string) => {
      await page.getByRole("button", { name: "Search or run a command" }).click();
      await page.getByPlaceholder("Search or run a command").fill(name);
      await page.getByRole("option", { name }).first().click();
    };
    await choose(page, "app");
    await command("Copy");
    const canvas = await boxOf(page.locator(".canvas"));
    await chooseFromMenu(page, { x: canvas.x + 60, y: canvas.y + 40 }, "Paste");
    await expect.poll(async () => Object.keys((await documentOf(page)).nodes).length).toBe(5);
    await nothingOverlaps(page);
    await choose(page, "app");
    await command("Duplicate ×N…");
    await page.getByLabel("Times").fill("3");
    await page.getByRole("dialog").getByRole("button", { name: "Duplicate" }).click();
    await expect.poll(async () => Object.keys((await documentOf(page)).nodes).length).toBe(8);
    await nothingOverlaps(page);
    const copies = (await selectionOf(page)).filter((id) => id !== "app");
    expect(copies).toHaveLength(3);
    for (const id of copies) await expect.poll(async () => (await statusOf(page, id)).state).toBe("running");
    await undo(page);
    expect(Object.keys((await documentOf(page)).nodes)).toHaveLength(5);
  });

  test("a rubber band and Ctrl-clicks choose several; their common settings are set at once; delete takes them, undo brings them back", async ({
    playground: page,
  }) => {
    await choose(page, "web-1");
    await choose(page, "web-2", { add: true });
    await choose(page, "web-3", { add: true });
    await expect(inspector(page).getByRole("heading", { name: "3 selected" })).toBeVisible();
    await type(page, "Concurrency", "2");
    const set = async () => ["web-1", "web-2", "web-3"].map(async (id) => (await documentOf(page)).nodes[id]?.settings["concurrency"]);
    expect(await Promise.all(await set())).toEqual([2, 2, 2]);
    await undo(page);
    expect(await Promise.all(await set())).toEqual([undefined, undefined, undefined]);
    const before = await documentOf(page);
    await chooseFromMenu(page, await gripOf(page, "web-2"), "Delete");
    await expect.poll(async () => Object.keys((await documentOf(page)).nodes).length).toBe(6);
    await undo(page);
    expect(await documentOf(page)).toEqual(before);
    await page.mouse.click((await boxOf(page.locator(".canvas"))).x + 30, (await boxOf(page.locator(".canvas"))).y + 30);
    await expect.poll(() => selectionOf(page)).toEqual([]);
    await page.keyboard.down("Shift");
    const [a, b] = [await boxOf(nodeAt(page, "visitors")), await boxOf(nodeAt(page, "front"))];
    await drag(page, { x: a.x - 20, y: b.y - 20 }, { x: b.x + b.width + 12, y: b.y + b.height + 12 });
    await page.keyboard.up("Shift");
    await expect.poll(async () => [...(await selectionOf(page))].sort()).toEqual(["front", "visitors"]);
  });
});
