/** The first page: who would you like to be, alone or side by side. */

import { h, icon } from "./dom.js";
import { avatar, languageName } from "./people.js";
import { MOST_PANES } from "./side.js";
import { state } from "./state.js";
import { languageOf, t } from "./words.js";


export function showChooser(root) {
  const people = [...state.users.values()].filter((user) => !user.is_bot);
  const chosen = new Set();
  const open = h("button", { type: "button", class: "button primary", disabled: true, onclick: () => go([...chosen]) });
  const refresh = () => {
    open.textContent = t("beside_open", { count: chosen.size });
    open.disabled = chosen.size < 2;
    for (const box of list.querySelectorAll("input")) box.disabled = !box.checked && chosen.size >= MOST_PANES;
  };
  const list = h("ul", { class: "people" }, people.map((user) => card(user, chosen, refresh)));
  refresh();
  root.replaceChildren(
    h("header", {}, h("p", { class: "banner", role: "note" }, icon("info"), h("span", { text: t("banner") }))),
    h(
      "main",
      { class: "chooser" },
      workspaces(),
      state.app.installed === false && h("p", { class: "alert warning" }, icon("warning"), t("app_absent", { name: state.app.name })),
      h("h1", { text: t("choose_title") }),
      h("p", { class: "lead", text: people.length ? t("choose_text") : t("no_people") }),
      list,
      people.length > 1 && h("div", { class: "beside" }, icon("panes"), h("span", { text: t("beside_hint") }), open),
    ),
  );
}

/** The name of the workspace, or a way to the others where there are several. */
function workspaces() {
  if (state.workspaces.length < 2) return h("p", { class: "eyebrow", text: state.workspace.name });
  return h("nav", { class: "workspaces", "aria-label": t("workspaces") }, state.workspaces.map(({ name, team_id: id }) =>
    h("a", { class: "button plain", href: `/?${new URLSearchParams({ team: id })}`, "aria-current": id === state.workspace.team_id ? "page" : null }, name)));
}

function card(user, chosen, refresh) {
  const badges = [user.is_admin && t("admin"), user.is_restricted && t("guest"), user.deleted && t("gone")].filter(Boolean);
  const body = [
    avatar(user.id, "big"),
    h(
      "span",
      { class: "person-text" },
      h("span", { class: "person-name", text: user.real_name || user.name }),
      h("span", { class: "person-detail", lang: user.title ? languageOf(user.locale) : null, text: user.title || user.email }),
      h("span", { class: "person-tags" },
        h("span", { class: "tag language", lang: languageOf(user.locale), text: languageName(user) }),
        badges.map((badge) => h("span", { class: "tag", text: badge }))),
    ),
  ];
  if (user.deleted) return h("li", { class: "person gone", "data-user-id": user.id }, h("span", { class: "person-open" }, ...body));
  const box = h("input", { type: "checkbox", "aria-label": t("beside_choose", { name: user.real_name || user.name }) });
  box.addEventListener("change", () => {
    if (box.checked) chosen.add(user.id);
    else chosen.delete(user.id);
    refresh();
  });
  const label = t("choose_as", { name: user.real_name || user.name });
  return h(
    "li",
    { class: "person", "data-user-id": user.id },
    h("a", { class: "person-open", href: `/?${new URLSearchParams({ user: user.id })}` }, h("span", { class: "unseen", text: label }), ...body),
    h("label", { class: "person-beside", title: t("beside") }, box),
  );
}

function go(ids) {
  location.assign(`/?with=${ids.map(encodeURIComponent).join(",")}`);
}
