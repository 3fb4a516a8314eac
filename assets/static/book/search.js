/* What Sphinx's search (searchtools.js, run before this) is told about the book's pages. */
var SPHINX_HIGHLIGHT_ENABLED = false;
/* Excerpts are fetched from the pages found; a folder on disk does not allow it. */
DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = location.protocol !== "file:";

Search.htmlToText = (html, anchor) => {
  const page = new DOMParser().parseFromString(html, "text/html").querySelector("article.page");
  if (!page) return "";
  page.querySelectorAll("script, style, svg, pre, .headerlink").forEach((part) => part.remove());
  return ((anchor && page.querySelector(anchor)) || page).textContent;
};
