/** Where lists and menus open: beside what opened them, inside the window. */

const MARGIN = 8;

/** Put *popup* under *anchor*, or over it where there is more room. */
export function place(popup, anchor, { wide = false, above = false } = {}) {
  const box = anchor.getBoundingClientRect();
  const below = window.innerHeight - box.bottom - MARGIN;
  const over = box.top - MARGIN;
  const up = above || (below < 200 && over > below);
  popup.style.maxHeight = `${Math.max(96, Math.min(320, (up ? over : below) - 6))}px`;
  popup.style.minWidth = wide ? `${box.width}px` : "";
  popup.style.maxWidth = `${Math.max(box.width, Math.min(420, window.innerWidth - 2 * MARGIN))}px`;
  const width = popup.offsetWidth;
  popup.style.left = `${Math.max(MARGIN, Math.min(box.left, window.innerWidth - width - MARGIN))}px`;
  popup.style.top = up ? "auto" : `${box.bottom + 4}px`;
  popup.style.bottom = up ? `${window.innerHeight - box.top + 4}px` : "auto";
}

/** Call *close* when the person turns elsewhere; returns how to stop watching. */
export function watchOutside(inside, close) {
  const outside = (event) => {
    if (!inside.some((node) => node.contains(event.target))) close();
  };
  document.addEventListener("pointerdown", outside, true);
  window.addEventListener("resize", close);
  document.addEventListener("scroll", outside, true);
  return () => {
    document.removeEventListener("pointerdown", outside, true);
    window.removeEventListener("resize", close);
    document.removeEventListener("scroll", outside, true);
  };
}
