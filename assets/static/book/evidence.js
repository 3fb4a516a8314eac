/* Opens the note of an evidence marker under the sentence it belongs to. Without this script the marker is a
   link to the note at the foot of the page. Enter, Space and click open and close; Escape closes. Who opens it by
   keyboard or screen reader is taken into the note, and back to the marker when it is closed. The notes at the foot
   are folded, and unfold for a link to one of them and for paper. */
(() => {
  "use strict";
  const INSIDE = "li, dd, td, th"; // a note may not stand between two of these, so it goes into them
  const BLOCKS = `p, figcaption, h2, h3, ${INSIDE}`;
  let open = null;

  function close({ focus = false } = {}) {
    if (!open) return;
    const { mark, panel } = open;
    panel.remove();
    mark.setAttribute("aria-expanded", "false");
    mark.removeAttribute("aria-controls");
    open = null;
    if (focus) mark.focus();
  }

  function panelFor(mark, note) {
    const panel = document.createElement("div");
    panel.className = "evidence-panel";
    panel.id = "evidence-panel";
    panel.tabIndex = -1;
    panel.setAttribute("role", "region");
    panel.setAttribute("aria-label", mark.getAttribute("aria-label"));
    panel.innerHTML = note.innerHTML;
    panel.querySelector(".evidence-back")?.remove();
    const button = document.createElement("button");
    button.type = "button";
    button.className = "evidence-close";
    button.textContent = "Close";
    button.addEventListener("click", () => close({ focus: true }));
    panel.append(button);
    return panel;
  }

  function show(mark, note, { focus }) {
    const panel = panelFor(mark, note);
    const block = mark.closest(BLOCKS) ?? mark.parentElement;
    if (block.matches(INSIDE)) block.append(panel);
    else block.after(panel);
    mark.setAttribute("aria-expanded", "true");
    mark.setAttribute("aria-controls", panel.id);
    open = { mark, panel };
    if (focus) panel.focus({ preventScroll: true });
    panel.scrollIntoView({ block: "nearest" });
  }

  for (const mark of document.querySelectorAll("a[data-evidence]")) {
    const note = document.getElementById(`evidence-${mark.dataset.evidence}`);
    if (!note) continue;
    mark.setAttribute("role", "button");
    mark.setAttribute("aria-expanded", "false");
    const toggle = (event) => {
      event.preventDefault();
      const again = open?.mark === mark;
      close();
      if (!again) show(mark, note, { focus: event.detail === 0 }); // 0: no pointer did it
    };
    mark.addEventListener("click", toggle);
    mark.addEventListener("keydown", (event) => event.key === " " && toggle(event));
  }
  document.addEventListener("keydown", (event) => event.key === "Escape" && close({ focus: true }));

  const fold = document.querySelector(".evidence-fold");
  function unfoldForLink() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || !fold.contains(target)) return;
    fold.open = true;
    target.scrollIntoView();
  }
  if (fold) {
    fold.open = false;
    unfoldForLink();
    addEventListener("hashchange", unfoldForLink);
    addEventListener("beforeprint", () => (fold.open = true));
  }
})();
