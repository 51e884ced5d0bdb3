/** The simulator's own address book: what the page may ask, and the one way it acts. */

const session = document.querySelector('meta[name="simulator-session"]')?.content ?? "";

async function read(path, parameters) {
  const query = new URLSearchParams(parameters);
  const answer = await fetch(`${path}?${query}`, { headers: { "X-Simulator-Session": session } });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return answer.json();
}

/** The workspace as *user* sees it; without a user, the people of *team* to choose from. */
export function fetchState(user, team = null) {
  return read("/sim/state", { ...(user ? { user } : {}), ...(team ? { team } : {}) });
}

/** Every message that *user* may see in *channel*. */
export async function fetchMessages(user, channel) {
  return (await read("/sim/messages", { user, channel })).messages;
}

/** Do something as *user*. Never raises: a broken line is an answer too. */
export async function act(user, what, details = {}) {
  try {
    const answer = await fetch("/sim/act", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Simulator-Session": session },
      body: JSON.stringify({ user, act: what, ...details }),
    });
    return await answer.json();
  } catch {
    return { ok: false, error: "no_connection" };
  }
}

/** Hand a file over as *user*; what the app will be told of it, or null when it was not taken. */
export async function uploadFile(user, file) {
  try {
    const answer = await fetch(`/sim/files?${new URLSearchParams({ user, name: file.name })}`, {
      method: "POST",
      headers: { "Content-Type": file.type || "application/octet-stream", "X-Simulator-Session": session },
      body: file,
    });
    return answer.ok ? ((await answer.json()).file ?? null) : null;
  } catch {
    return null;
  }
}

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 5_000;

/** Hear what happens; *onLine* is told whether the line stands. A broken line is laid again. */
export function listen(user, onEvent, onLine, pause = FIRST_PAUSE) {
  const line = new WebSocket(`/sim/events?${new URLSearchParams({ user })}`);
  let next = Math.min(2 * pause, LONGEST_PAUSE);
  line.addEventListener("message", (event) => onEvent(JSON.parse(event.data)));
  line.addEventListener("open", () => {
    next = FIRST_PAUSE;
    onLine(true);
  });
  line.addEventListener("close", () => {
    onLine(false);
    setTimeout(() => listen(user, onEvent, onLine, next), pause);
  });
}

/** What passed between the app and Slack before this page looked on. */
export async function fetchWire() {
  return (await read("/sim/wire", {})).wire;
}
