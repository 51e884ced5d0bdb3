/** Two or three people next to each other, each in a page of their own. */

import { h, icon } from "./dom.js";
import { avatar, languageName } from "./people.js";
import { personName, state } from "./state.js";
import { t } from "./words.js";

export function showSide(root, ids) {
  const panes = ids.slice(0, 3).map((id) =>
    h(
      "section",
      { class: "pane" },
      h("h2", {}, avatar(id, "small"), personName(id), h("span", { class: "tag language", text: languageName(state.users.get(id)) })),
      h("iframe", { src: `/?${new URLSearchParams({ user: id })}`, title: t("pane_of", { name: personName(id) }), "data-user-id": id }),
    ),
  );
  root.replaceChildren(
    h(
      "header",
      { class: "topbar" },
      h("p", { class: "banner", role: "note" }, icon("info"), h("span", { text: t("banner") })),
      h("a", { class: "button plain", href: "/" }, icon("people"), h("span", { text: t("beside_back") })),
    ),
    h("main", { class: `panes of-${panes.length}` }, ...panes),
  );
  root.classList.add("shell");
}
