/** Files to hand over: chosen or dropped, kept by the simulator, named to the app. */

import { uploadFile } from "../api.js";
import { h, icon, uid } from "../dom.js";
import { say } from "../notices.js";
import { state } from "../state.js";
import { t } from "../words.js";

const MOST = 10;

export function fileInput(block, element, place, names) {
  const most = element.max_files ?? MOST;
  const kinds = (element.filetypes ?? []).map((kind) => `.${kind}`);
  let files = [...(place.form.take(block, element).files ?? [])];
  const list = h("ul", { class: "file-list" });
  const field = h("input", {
    type: "file", class: "file-field", id: uid("field"), multiple: most > 1, accept: kinds.join(",") || null,
    "data-action-id": element.action_id, "aria-label": names.label || t("file_choose"), "aria-describedby": names.described,
    "aria-required": block.type === "input" && !block.optional ? "true" : null,
  });
  const box = h("div", { class: "file-box" }, field, h("span", { class: "hint", text: t("file_most", { count: most }) }));

  function keep(next) {
    files = next;
    place.form.put(block, element, { files });
    list.replaceChildren(...files.map(row));
  }
  function row(file) {
    const drop = () => {
      keep(files.filter((each) => each !== file));
      field.focus();
    };
    return h("li", { class: "file-row" }, icon("file"), h("span", {}, file.name),
      h("button", { type: "button", class: "chip-drop", "aria-label": t("remove", { name: file.name }), onclick: drop }, icon("close")));
  }
  async function take(given) {
    const fit = [...given].filter((file) => !kinds.length || kinds.some((kind) => file.name.toLowerCase().endsWith(kind.toLowerCase())));
    if (fit.length < given.length) say(t("file_kind", { kinds: kinds.join(", ") }));
    if (files.length + fit.length > most) say(t("enough", { count: most }));
    for (const file of fit.slice(0, most - files.length)) {
      const known = await uploadFile(state.me.id, file);
      if (known) keep([...files, known]);
      else say(t("file_failed", { name: file.name }));
    }
    field.value = "";
  }
  field.addEventListener("change", () => take(field.files));
  box.addEventListener("dragover", (event) => event.preventDefault());
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    take(event.dataTransfer.files);
  });
  list.replaceChildren(...files.map(row));
  return h("div", { class: "file-input" }, box, list);
}
