/* Shows what a term means where it stands. A mouse or the keyboard's focus shows it; a first tap shows it, a second
   one follows the link to the glossary, as every click does where no script runs. Escape hides it. */
(() => {
  "use strict";
  const box = document.createElement("div");
  box.className = "term-box";
  box.hidden = true;
  box.setAttribute("aria-hidden", "true"); // a screen reader has the same words as the link's description
  let shown = null;
  let timer;

  function place(link) {
    const { left, bottom } = link.getBoundingClientRect();
    const room = document.documentElement.clientWidth - box.offsetWidth - 16;
    box.style.left = `${Math.max(16, Math.min(left, room)) + scrollX}px`;
    box.style.top = `${bottom + scrollY + 4}px`;
  }

  function show(link) {
    clearTimeout(timer);
    box.textContent = document.getElementById(link.getAttribute("aria-describedby")).textContent;
    document.body.append(box);
    box.hidden = false;
    place(link);
    shown = link;
  }

  function hide() {
    clearTimeout(timer);
    box.hidden = true;
    shown = null;
  }

  const later = (act) => {
    clearTimeout(timer);
    timer = setTimeout(act, 200);
  };

  for (const link of document.querySelectorAll("a.term[aria-describedby]")) {
    let touched = false;
    link.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && later(() => show(link)));
    link.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && later(hide));
    link.addEventListener("pointerdown", (event) => (touched = event.pointerType !== "mouse"));
    link.addEventListener("focus", () => touched || show(link));
    link.addEventListener("blur", () => later(hide));
    link.addEventListener("click", (event) => {
      if (!touched || shown === link) return;
      event.preventDefault();
      show(link);
    });
  }
  box.addEventListener("pointerenter", () => clearTimeout(timer));
  box.addEventListener("pointerleave", () => later(hide));
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  document.addEventListener("pointerdown", (event) => {
    if (shown && !box.contains(event.target) && !shown.contains(event.target)) hide();
  });
})();
