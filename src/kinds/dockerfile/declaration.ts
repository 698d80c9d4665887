import type { KindDeclaration } from "../../document/kind-declaration.ts";
import { defineSettings, lines, text } from "../../document/settings.ts";

const example = `FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
# adds 35 MB in 8 s
RUN pip install -r requirements.txt
# adds 2 MB
COPY . .
EXPOSE 8080
CMD ["python", "app.py"]
`;

export const settings = defineSettings({
  tag: text("shop/app:1.0", { maxLength: 200, pattern: "^\\S+$" }),
  text: lines(example, { maxLength: 20_000 }),
});

export const declaration = {
  id: "dockerfile",
  settings,
  calls: [],
  accepts: [],
  places: [],
  placedIn: ["runtime"],
  builds: "tag",
  acts: ["build", "build-pull", "push", "change-code", "change-dependencies"],
  size: { width: 144, height: 72 },
  palette: { group: "images", key: "Shift+i", order: 1 },
  stem: "dockerfile",
} as const satisfies KindDeclaration;
