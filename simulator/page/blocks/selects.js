/** Selects of every source: given options, options from the app, people, conversations, channels. */

import { Combobox } from "../combobox.js";
import { channelName, personName, state } from "../state.js";
import { t } from "../words.js";
import { dispatches } from "./dispatch.js";
import { words } from "./text.js";

const optionOf = (option) => ({ key: option.value, text: words(option.text), description: words(option.description), raw: option });
const personOf = (id) => ({ key: id, text: personName(id), description: state.users.get(id)?.email ?? "", raw: id });
const channelOf = (id) => {
  const channel = state.channels.get(id);
  return { key: id, text: channel?.is_im ? channelName(id) : `#${channelName(id)}`, raw: id };
};

/** For each source: the name of its state with one and with several, how an option looks, and what there is to choose. */
const SOURCES = {
  static: { one: "selected_option", many: "selected_options", show: optionOf, load: given },
  external: { one: "selected_option", many: "selected_options", show: optionOf, load: asked },
  users: { one: "selected_user", many: "selected_users", show: personOf, load: () => people },
  conversations: { one: "selected_conversation", many: "selected_conversations", show: channelOf, load: (_block, element) => conversations(element.filter) },
  channels: { one: "selected_channel", many: "selected_channels", show: channelOf, load: () => conversations({ include: ["public"] }) },
};

export function select(block, element, place, names) {
  const multi = element.type.startsWith("multi_");
  const source = SOURCES[element.type.replace("multi_", "").replace("_select", "")];
  const held = place.form.take(block, element)[multi ? source.many : source.one];
  const part = (chosen) => (multi ? { [source.many]: chosen.map(({ raw }) => raw) } : { [source.one]: chosen[0]?.raw ?? null });
  let waiting = null;
  const box = new Combobox({
    names,
    placeholder: words(element.placeholder) || t("choose"),
    chosen: (multi ? held : [held].filter(Boolean)).map(source.show),
    multi,
    max: element.max_selected_items,
    optional: block.optional === true,
    minQuery: element.type.includes("external") ? (element.min_query_length ?? 3) : 0,
    load: source.load(block, element, place),
    changed: (chosen) => {
      place.form.put(block, element, part(chosen));
      if (!dispatches(block)) return;
      if (multi) waiting = part(chosen);
      else place.press(block, element, part(chosen), box.field);
    },
    // Several choices are told once, when the list closes.
    closed: () => {
      if (waiting) place.press(block, element, waiting, box.field);
      waiting = null;
    },
  });
  box.field.dataset.actionId = element.action_id;
  if (block.type === "input" && !block.optional) box.field.setAttribute("aria-required", "true");
  return box.node;
}

function groupsOf(holder) {
  if (holder.option_groups) return holder.option_groups.map((group) => ({ label: words(group.label), options: (group.options ?? []).map(optionOf) }));
  return [{ options: (holder.options ?? []).map(optionOf) }];
}

function narrowed(groups, query) {
  const wanted = query.toLocaleLowerCase();
  const fits = (option) => `${option.text} ${option.description ?? ""}`.toLocaleLowerCase().includes(wanted);
  return groups.map((group) => ({ ...group, options: group.options.filter(fits) })).filter((group) => group.options.length);
}

function given(_block, element) {
  return (query) => narrowed(groupsOf(element), query);
}

function asked(block, element, place) {
  return async (query) => groupsOf(await place.suggest(block, element, query)).filter((group) => group.options.length);
}

function people(query) {
  const present = [...state.users.values()].filter((user) => !user.deleted);
  return narrowed([{ options: present.map((user) => personOf(user.id)) }], query);
}

function conversations(filter = {}) {
  const kinds = new Set(filter.include ?? ["public", "private", "im", "mpim"]);
  const kindOf = (channel) => (channel.is_im ? "im" : channel.is_mpim ? "mpim" : channel.is_private ? "private" : "public");
  const isOut = (channel) =>
    (filter.exclude_bot_users && channel.is_im && (channel.user === state.app.bot_user_id || state.users.get(channel.user)?.is_bot)) ||
    (filter.exclude_external_shared_channels && channel.is_ext_shared);
  return (query) => {
    const fit = [...state.channels.values()].filter((channel) => kinds.has(kindOf(channel)) && !isOut(channel));
    return narrowed([{ options: fit.map((channel) => channelOf(channel.id)) }], query);
  };
}
