/* Brings the book's figures to life. Each .book-plot holds its figure as JSON and, where a browser was at hand when
   the book was built, a picture of it (src/helpers/book/pictures.py). A picture stands until the reader points at
   it or touches it; then plotly is loaded, once, from this folder, and draws the figure
   in the picture's place. A figure without a picture is drawn when it comes near the screen.
   Colours and the settings for narrow screens come from figure-themes.js, which the build writes from
   src/helpers/figures/style.py. "?eager" in the address draws every figure at once. */
(() => {
  "use strict";
  const themes = window.bookFigureThemes;
  const plotlyAddress = new URL("plotly-basic.min.js", document.currentScript.src).href;
  const config = { responsive: true, displayModeBar: false, displaylogo: false, showTips: false };
  const HEX = /^#[0-9a-f]{6}([0-9a-f]{2})?$/i;
  const OFFLINE = "The script for details cannot be loaded just now. The picture and the table say the same.";
  let plotly;

  function loadPlotly() {
    plotly ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = plotlyAddress;
      script.onload = () => resolve(window.Plotly);
      script.onerror = () => {
        plotly = undefined; // the next touch tries again
        script.remove();
        reject(new Error(`could not load ${plotlyAddress}`));
      };
      document.head.append(script);
    });
    return plotly;
  }

  function recoloured(value, colours) {
    if (typeof value === "string") {
      if (!HEX.test(value)) return value;
      const other = colours[value.slice(0, 7).toUpperCase()];
      return other ? other + value.slice(7) : value;
    }
    if (Array.isArray(value)) return value.map((item) => recoloured(item, colours));
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, recoloured(item, colours)]));
  }

  /* "data.0.mode" begins at the figure, everything else at its layout. */
  function override(figure, changes) {
    for (const [key, value] of Object.entries(changes ?? {})) {
      const path = key.split(".");
      const last = path.pop();
      let place = path[0] === "data" ? figure : figure.layout;
      for (const step of path) place = place[step] ??= {};
      place[last] = value;
    }
  }

  function compose(spec, theme, narrow) {
    const figure = recoloured(spec, themes[theme].colours);
    figure.layout.template = themes[theme].template;
    figure.layout.uirevision ??= "book";
    if (narrow) {
      override(figure, themes.narrow);
      override(figure, structuredClone(figure.layout.meta?.narrow));
    }
    return { ...figure, config };
  }

  class Figure {
    constructor(plot) {
      this.plot = plot;
      this.tools = plot.parentElement.querySelector(".figure-tools");
      this.button = this.tools.querySelector(".figure-touch");
      this.pictured = plot.querySelector("svg") !== null;
      this.turn = Promise.resolve();
    }

    /* Read when it is first needed: most figures of a page are never touched. */
    get spec() {
      return this.other ?? (this.parsed ??= JSON.parse(this.plot.querySelector("script").textContent));
    }

    /* Draws another figure in this one's place, or its own again; returns whether it stands there. */
    async show(other) {
      this.other = other;
      this.drawn = undefined;
      if (other || this.live) await this.draw();
      return !other || Boolean(this.live);
    }

    get look() {
      const theme = document.documentElement.dataset.theme === "dark" ? "dark" : "light";
      return { theme, narrow: this.plot.clientWidth < themes.narrowBelow };
    }

    listen() {
      const wake = () => this.draw();
      this.plot.addEventListener("pointerenter", wake, { once: true });
      this.plot.addEventListener("pointerdown", wake);
      this.button.addEventListener("click", wake);
      if (this.pictured && !this.button.dataset.none) this.button.hidden = false;
    }

    /* One drawing after another: a theme that changes while a figure is being drawn waits its turn. */
    draw() {
      this.turn = this.turn.then(() => this.drawNow()).catch((error) => this.fail(error));
      return this.turn;
    }

    async drawNow() {
      const { theme, narrow } = this.look;
      if (this.drawn === `${theme} ${narrow}`) return;
      const Plotly = await loadPlotly();
      const figure = compose(this.spec, theme, narrow);
      if (this.live) {
        await Plotly.react(this.live, figure);
      } else {
        const live = document.createElement("div");
        live.className = "plot-live";
        this.plot.append(live);
        await Plotly.newPlot(live, figure);
        this.live = live;
        this.plot.classList.add("is-live"); // the picture steps back, and returns on paper
        this.button.classList.add("is-done");
        this.widths = new ResizeObserver(() => this.plot.clientWidth && this.draw());
        this.widths.observe(this.plot);
      }
      this.drawn = `${theme} ${narrow}`;
    }

    fail(error) {
      this.plot.querySelector(".plot-live")?.remove();
      this.button.textContent = OFFLINE;
      this.button.hidden = false;
      if (navigator.onLine) console.error(error);
    }
  }

  const figures = [...document.querySelectorAll(".book-plot")].map((plot) => new Figure(plot));
  figures.forEach((figure) => figure.listen());
  new MutationObserver(() => figures.forEach((figure) => figure.live && figure.draw())).observe(
    document.documentElement,
    { attributeFilter: ["data-theme"] },
  );

  /* For those who read on: the script comes quietly while a figure is in view, so that the figure answers at once,
     and answers still when the network is gone. Not for those who asked their browser to save data. */
  function fetchAhead() {
    if (location.protocol === "file:" || navigator.connection?.saveData || plotly) return;
    fetch(plotlyAddress, { priority: "low" }).catch(() => {});
  }
  const inView = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    inView.disconnect();
    fetchAhead();
  });
  const approach = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        approach.unobserve(target);
        figures.find(({ plot }) => plot === target).draw();
      }
    },
    { rootMargin: "300px" },
  );

  const eager = new URLSearchParams(location.search).has("eager");
  for (const figure of figures) {
    if (eager) figure.draw();
    else if (!figure.pictured) approach.observe(figure.plot);
  }
  /* Watched from the first scroll on, so that a figure already in view by then is seen too. */
  const readsOn = () => figures.forEach((figure) => figure.pictured && inView.observe(figure.plot));
  addEventListener("scroll", readsOn, { once: true, passive: true });
  window.bookFigures = figures; // for the drawing of the pictures, and for the tests
})();
