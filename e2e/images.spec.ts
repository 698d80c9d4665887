import {
  act,
  becomes,
  choose,
  documentOf,
  drag,
  expect,
  field,
  gripOf,
  inspector,
  logTells,
  newNode,
  nodeAt,
  openTab,
  pointIn,
  setSpeed,
  sketch,
  statusOf,
  test,
  toastSays,
} from "./playground.ts";

const dockerfile = `FROM alpine:3.20
# adds 3 MB in 1 s
RUN apk add python3
# adds 1 MB
COPY . .
EXPOSE 9090
CMD ["python", "app.py"]
`;

/** Nothing is built yet: a machine with a Dockerfile, one to run things on, and a registry between them. */
const shop = {
  ...sketch(
    "From a Dockerfile to a container",
    [
      ["package", "image-package", 0, 0, { image: "shop/app:1.0" }],
      ["images", "image-registry", 0, 216],
      ["build", "host", 288, 0, { bootMs: 100 }],
      ["run", "host", 288, 240, { bootMs: 100 }],
      ["app", "dockerfile", 24, 48, { text: dockerfile, tag: "shop/app:1.0" }, "build"],
    ],
    [
      ["build", "pull", "images"],
      ["run", "pull", "images"],
    ],
  ),
  start: "cold" as const,
};

test("build, push, pull, run, kill, recreate: an image becomes a container, and another one", async ({ open }) => {
  const page = await open(shop);
  await setSpeed(page, 1);
  await becomes(page, "build", "running");

  await choose(page, "app");
  await act(page, "docker build");
  await becomes(page, "app", "built");
  await act(page, "docker push");
  await logTells(page, ["built app build", "pushing app images", "pushed app images"]);

  // A package: no key starts, kills or recreates it, and it says why.
  await choose(page, "package");
  await page.keyboard.press("k");
  await toastSays(page, /An image is a package: nothing runs in it/);

  const before = Object.keys((await documentOf(page)).nodes);
  await drag(page, await gripOf(page, "package"), await pointIn(page, "run", 0.5, 0.5));
  const web = await newNode(page, before);
  const record = (await documentOf(page)).nodes[web]!;
  expect([record.kind, record.parent, record.settings["image"]]).toEqual(["container", "run", "shop/app:1.0"]);
  expect((await documentOf(page)).nodes["package"]!.parent).toBeNull();
  await logTells(page, [`asking-for-image ${web} images`, `pulled ${web}`, `up ${web}`]);
  await becomes(page, web, "running");
  const first = await statusOf(page, web);
  expect(first.address).toMatch(/:9090$/);
  await expect(nodeAt(page, "package")).toContainText("×1");

  // What its image says stands in its settings, and says where it is from.
  await choose(page, web);
  await openTab(page, "Settings");
  await expect(field(page, "Port")).toHaveValue("9090");
  await expect(inspector(page).locator(".field-row").filter({ hasText: "Port" }).first()).toContainText("from its image");
  await page.keyboard.press("k");
  await becomes(page, web, "dead");
  await page.keyboard.press("r");
  await becomes(page, web, "running");
  const second = await statusOf(page, web);
  expect(second.incarnation).toBe(first.incarnation + 1);
  expect(second.address).not.toBe(first.address);
});

test("an image is run by key, many times at once, and its layers are drawn upon what they share", async ({ open }) => {
  const page = await open({ ...shop, start: "warm" as const });
  await choose(page, "package");
  await page.keyboard.press("Shift+N");
  const dialog = page.getByRole("dialog", { name: "Run this image on…" });
  await dialog.getByLabel("On").selectOption("run");
  await dialog.getByLabel("Times").fill("3");
  await dialog.getByRole("button", { name: "Run" }).click();
  await expect.poll(async () => Object.values((await documentOf(page)).nodes).filter(({ parent }) => parent === "run")).toHaveLength(3);
  await expect(nodeAt(page, "package")).toContainText("×3");

  // Its base lies on the building machine beside it, and the two share the lowest layer.
  await choose(page, "build");
  await inspector(page).getByRole("button", { name: "Image layers" }).click();
  const layers = page.getByRole("dialog", { name: "Layers on build" });
  await expect(layers).toContainText("2 images");
  await expect(layers).toContainText("Sharing saves 3.6 MB");
  await expect(layers.locator('.layers-slab[data-shared="true"]')).toHaveCount(1);
  await expect(layers.locator(".layers-slab")).toHaveCount(3);
  await page.keyboard.press("Escape");
  await expect(layers).toHaveCount(0);
});
