/* Draws the book's figures. Each .book-plot holds its figure as JSON; plotly is loaded once, from this folder,
   when the first figure comes near the screen. Colours and the settings for narrow screens come from
   figure-themes.js, which the build writes from src/helpers/figures/style.py.
   "?eager" in the address draws every figure at once. */
(() => {
  "use strict";
  const themes = window.bookFigureThemes;
  const plotlyAddress = new URL("plotly-basic.min.js", document.currentScript.src).href;
  const config = { responsive: true, displayModeBar: false, displaylogo: false, showTips: false };
  const HEX = /^#[0-9a-f]{6}([0-9a-f]{2})?$/i;
  const drawn = new Map();
  let plotly;

  function loadPlotly() {
    plotly ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = plotlyAddress;
      script.onload = () => resolve(window.Plotly);
      script.onerror = () => reject(new Error(`could not load ${plotlyAddress}`));
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
    figure.layout.uirevision = "book";
    if (narrow) {
      override(figure, themes.narrow);
      override(figure, structuredClone(figure.layout.meta?.narrow));
    }
    return { ...figure, config };
  }

  const currentTheme = () => (document.documentElement.dataset.theme === "dark" ? "dark" : "light");
  const isNarrow = (plot) => plot.clientWidth < themes.narrowBelow;

  /* One drawing after another: a theme that changes while a figure is being drawn waits its turn. */
  function draw(plot) {
    const state = drawn.get(plot) ?? { spec: JSON.parse(plot.querySelector("script").textContent), turn: null };
    drawn.set(plot, state);
    state.turn = Promise.resolve(state.turn).then(() => drawNow(plot, state));
    return state.turn;
  }

  async function drawNow(plot, state) {
    const theme = currentTheme();
    const narrow = isNarrow(plot);
    const look = `${theme} ${narrow}`;
    if (state.look === look) return;
    try {
      const Plotly = await loadPlotly();
      if (!state.look) plot.replaceChildren();
      await (state.look ? Plotly.react : Plotly.newPlot)(plot, compose(state.spec, theme, narrow));
      state.look = look;
    } catch (error) {
      plot.textContent = "This figure could not be drawn; its data are in the table below.";
      console.error(error);
    }
  }

  const redraw = () => drawn.forEach((_, plot) => draw(plot));
  const widths = new ResizeObserver((entries) => entries.forEach(({ target }) => drawn.has(target) && draw(target)));
  const approach = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        approach.unobserve(target);
        draw(target).then(() => widths.observe(target));
      }
    },
    { rootMargin: "300px" },
  );

  const eager = new URLSearchParams(location.search).has("eager");
  for (const plot of document.querySelectorAll(".book-plot")) {
    if (eager) draw(plot).then(() => widths.observe(plot));
    else approach.observe(plot);
  }
  new MutationObserver(redraw).observe(document.documentElement, { attributeFilter: ["data-theme"] });
})();
