/* What every page offers: the colour switch, and a button that copies a cell's code. */
(() => {
  "use strict";
  const root = document.documentElement;

  function offerColours(button) {
    const show = () => button.setAttribute("aria-pressed", String(root.dataset.theme === "dark"));
    button.addEventListener("click", () => {
      root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
      try {
        localStorage.setItem("theme", root.dataset.theme);
      } catch {
        /* Storage is switched off: the choice holds for this page. */
      }
      show();
    });
    show();
    button.hidden = false;
  }

  function offerCopy(code) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy-code";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = "Copy"), 2000);
    });
    code.parentElement.append(button);
  }

  offerColours(document.querySelector(".theme-button"));
  /* Browsers lend the clipboard to pages of a safe origin only. */
  if (navigator.clipboard) document.querySelectorAll(".highlight > pre").forEach(offerCopy);
})();
