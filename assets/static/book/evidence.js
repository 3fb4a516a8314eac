/* Opens the note of an evidence marker under the sentence it belongs to. Without this script the marker is a
   link to the note at the foot of the page. Enter, Space and click open and close; Escape closes. */
(() => {
  "use strict";
  const BLOCKS = "p, li, dd, figcaption, td, .admonition";
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

  function show(mark, note) {
    const panel = document.createElement("div");
    panel.className = "evidence-panel";
    panel.id = "evidence-panel";
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
    mark.closest(BLOCKS).after(panel);
    mark.setAttribute("aria-expanded", "true");
    mark.setAttribute("aria-controls", panel.id);
    open = { mark, panel };
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
      if (!again) show(mark, note);
    };
    mark.addEventListener("click", toggle);
    mark.addEventListener("keydown", (event) => event.key === " " && toggle(event));
  }
  document.addEventListener("keydown", (event) => event.key === "Escape" && close({ focus: true }));
})();
