/** Emoji by name; a name that is not here stays readable as `:name:`. */

const NAMES = {
  "+1": "👍", thumbsup: "👍", "-1": "👎", thumbsdown: "👎", ok_hand: "👌", wave: "👋", raised_hands: "🙌",
  clap: "👏", pray: "🙏", muscle: "💪", point_right: "👉", point_left: "👈", point_up: "☝️", point_down: "👇",
  handshake: "🤝", writing_hand: "✍️", raised_hand: "✋", eyes: "👀", brain: "🧠", speech_balloon: "💬",
  thought_balloon: "💭", smile: "😄", smiley: "😃", grinning: "😀", slightly_smiling_face: "🙂", blush: "😊",
  wink: "😉", joy: "😂", sweat_smile: "😅", thinking_face: "🤔", thinking: "🤔", neutral_face: "😐",
  confused: "😕", disappointed: "😞", cry: "😢", sob: "😭", sunglasses: "😎", nerd_face: "🤓", relieved: "😌",
  hugging_face: "🤗", zipper_mouth_face: "🤐", sleeping: "😴", partying_face: "🥳", robot_face: "🤖",
  robot: "🤖", ghost: "👻", bust_in_silhouette: "👤", busts_in_silhouette: "👥", detective: "🕵️",
  technologist: "🧑‍💻", office_worker: "🧑‍💼", health_worker: "🧑‍⚕️", white_check_mark: "✅", check: "✔️",
  heavy_check_mark: "✔️", ballot_box_with_check: "☑️", x: "❌", negative_squared_cross_mark: "❎",
  no_entry: "⛔", no_entry_sign: "🚫", warning: "⚠️", rotating_light: "🚨", exclamation: "❗", question: "❓",
  grey_question: "❔", grey_exclamation: "❕", information_source: "ℹ️", bulb: "💡", sos: "🆘", stop_sign: "🛑",
  octagonal_sign: "🛑", construction: "🚧", hourglass: "⌛", hourglass_flowing_sand: "⏳", stopwatch: "⏱️",
  alarm_clock: "⏰", clock1: "🕐", clock3: "🕒", clock9: "🕘", calendar: "📅", date: "📅", spiral_calendar_pad: "🗓️",
  bell: "🔔", no_bell: "🔕", mega: "📣", loudspeaker: "📢", inbox_tray: "📥", outbox_tray: "📤", email: "✉️",
  envelope: "✉️", incoming_envelope: "📨", mailbox: "📫", phone: "☎️", telephone_receiver: "📞", iphone: "📱",
  computer: "💻", desktop_computer: "🖥️", keyboard: "⌨️", printer: "🖨️", floppy_disk: "💾", package: "📦",
  link: "🔗", paperclip: "📎", pushpin: "📌", round_pushpin: "📍", memo: "📝", pencil: "📝", pencil2: "✏️",
  clipboard: "📋", page_facing_up: "📄", page_with_curl: "📃", bookmark_tabs: "📑", bar_chart: "📊",
  chart_with_upwards_trend: "📈", books: "📚", book: "📖", open_book: "📖", file_folder: "📁",
  open_file_folder: "📂", card_index_dividers: "🗂️", wastebasket: "🗑️", lock: "🔒", unlock: "🔓", key: "🔑",
  old_key: "🗝️", closed_lock_with_key: "🔐", shield: "🛡️", identification_card: "🪪", id: "🆔", credit_card: "💳",
  scales: "⚖️", mag: "🔍", mag_right: "🔎", gear: "⚙️", wrench: "🔧", hammer_and_wrench: "🛠️", toolbox: "🧰",
  house: "🏠", office: "🏢", hospital: "🏥", bank: "🏦", school: "🏫", pill: "💊", stethoscope: "🩺",
  syringe: "💉", ambulance: "🚑", door: "🚪", rocket: "🚀", tada: "🎉", sparkles: "✨", star: "⭐", star2: "🌟",
  fire: "🔥", boom: "💥", zap: "⚡", heart: "❤️", green_heart: "💚", blue_heart: "💙", trophy: "🏆", medal: "🏅",
  gift: "🎁", coffee: "☕", cake: "🍰", seedling: "🌱", evergreen_tree: "🌲", snowflake: "❄️", sunny: "☀️",
  earth_africa: "🌍", globe_with_meridians: "🌐", compass: "🧭", world_map: "🗺️", red_circle: "🔴",
  large_blue_circle: "🔵", large_green_circle: "🟢", large_yellow_circle: "🟡", large_orange_circle: "🟠",
  white_circle: "⚪", black_circle: "⚫", small_blue_diamond: "🔹", small_orange_diamond: "🔸",
  arrow_right: "➡️", arrow_left: "⬅️", arrow_up: "⬆️", arrow_down: "⬇️", arrows_counterclockwise: "🔄",
  repeat: "🔁", leftwards_arrow_with_hook: "↩️", heavy_plus_sign: "➕", heavy_minus_sign: "➖", new: "🆕",
  one: "1️⃣", two: "2️⃣", three: "3️⃣", four: "4️⃣", five: "5️⃣", "flag-fi": "🇫🇮", "flag-se": "🇸🇪", "flag-gb": "🇬🇧",
};

/** The character for *name*, or `:name:` when it is not known here. */
export function emoji(name) {
  return Object.hasOwn(NAMES, name) ? NAMES[name] : `:${name}:`;
}

/** Replace the names of emoji in plain text. */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (_whole, name) => emoji(name));
}
