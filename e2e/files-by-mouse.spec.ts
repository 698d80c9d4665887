import { readFileSync } from "node:fs";
import { reopensWith } from "./both-hands.ts";
import {
  boxOf,
  choose,
  chooseFromMenu,
  documentOf,
  dropDocument,
  example,
  expect,
  inspector,
  isUp,
  openFile,
  test,
  type,
} from "./playground.ts";

test.describe("files with the mouse", () => {
  test("exported to a file and imported from it: the same diagram, byte for byte", async ({ playground: page }) => {
    await choose(page, "web-2");
    await type(page, "Name", "web-two");
    const edited = await documentOf(page);
    const save = async () => {
      await page.getByRole("button", { name: "Export", exact: true }).click();
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /^Save as/ }).click()]);
      await page.getByRole("button", { name: "Close" }).click();
      return readFileSync(await download.path(), "utf8");
    };
    const text = await save();
    await openFile(page, example("voting-app"));
    await isUp(page, "Docker's voting app");
    await openFile(page, text);
    await isUp(page, edited.title.en);
    expect(await documentOf(page)).toEqual(edited);
    expect(await save()).toBe(text);
  });

  test("copied as text and pasted from the canvas's menu: the same diagram", async ({ playground: page, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const before = await documentOf(page);
    await page.getByRole("button", { name: "Export", exact: true }).click();
    await page.getByRole("button", { name: "Copy to the clipboard" }).click();
    await expect(page.getByRole("dialog").getByRole("status")).toHaveText("Copied.");
    await page.getByRole("button", { name: "Close" }).click();
    await dropDocument(page, example("stale-address"));
    await isUp(page, "A fixed address goes stale");
    const canvas = await boxOf(page.locator(".canvas"));
    await chooseFromMenu(page, { x: canvas.x + 40, y: canvas.y + 40 }, "Paste");
    await isUp(page, before.title.en);
    expect(await documentOf(page)).toEqual(before);
  });

  test("a bad file is refused with its place and its reason, line and column; what is open plays on as it was", async ({
    playground: page,
  }) => {
    const before = await documentOf(page);
    await openFile(page, '{ "format": "breakwater",\n  "version": 1,\n  "nodes": [oops] }', "broken.json");
    const dialog = page.getByRole("dialog", { name: "broken.json was not opened" });
    await expect(dialog).toContainText("This is not valid JSON");
    await expect(dialog).toContainText("3:13");
    await dialog.getByRole("button", { name: "Close" }).click();
    const dangling = example("failover");
    const links = { ...dangling.links, "visitors-call-front": { ...dangling.links["visitors-call-front"]!, to: "nobody" } };
    await openFile(page, { ...dangling, links }, "dangling.json");
    const second = page.getByRole("dialog", { name: "dangling.json was not opened" });
    await expect(second).toContainText("There is no “nobody”.");
    await expect(second).toContainText("links.visitors-call-front.to");
    await second.getByRole("button", { name: "Close" }).click();
    expect(await documentOf(page)).toEqual(before);
    await expect(page.getByTestId("clock")).toBeVisible();
  });

  test("the tab closed in mid-edit, a name half typed: opened again, nothing is lost", async ({
    playground: page,
    context,
    complaints,
  }) => {
    await choose(page, "web-2");
    await type(page, "Name", "web-two");
    await choose(page, "web-3");
    await inspector(page).getByLabel("Name").fill("half typed");
    await reopensWith(page, context, complaints, ["web-two", "half typed"]);
  });
});
