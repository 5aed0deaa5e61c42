"use strict";
// Four jobs: light up exact characters of a document (#id@start-end), filter the events, turn their order, and change
// the language.  No markup is built from text.

const SAME = { "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ء": "" };
const $ = (id) => document.getElementById(id);

/** The spelling-blind form of a text, as the program's own search folds it. */
function fold(text) {
  return text.toLowerCase().replace(/[\u064b-\u065f\u0670\u0640]/g, "").replace(/[أإآٱىةؤئء]/g, (letter) => SAME[letter]);
}

function light() {
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  const [, id, range] = decodeURIComponent(location.hash.slice(1)).match(/^(.*?)(?:@(\d+-\d+))?$/);
  const target = $(id);
  if (!target) return;
  for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  if (!range) return target.scrollIntoView();
  const [start, end] = range.split("-").map(Number);
  const parts = [...target.querySelectorAll("[data-s]")].filter((part) => part.dataset.s >= start && part.dataset.s < end);
  for (const part of parts) part.classList.add("lit");
  (parts[0] || target).scrollIntoView({ block: "center" });
}

function filter() {
  const words = fold($("words").value).split(/\s+/).filter(Boolean);
  const several = $("several").checked, contested = $("contested").checked, fresh = $("fresh")?.checked;
  let shown = 0;
  for (const event of document.querySelectorAll(".event")) {
    const text = words.length ? (event.folded ??= fold(event.textContent)) : "";
    const hidden = !words.every((word) => text.includes(word)) || (several && Number(event.dataset.accounts) < 2)
      || (contested && !event.matches(".disputed, .denied")) || (fresh && !event.dataset.news);
    event.hidden = hidden;
    shown += !hidden;
  }
  for (const group of document.querySelectorAll("#events .group")) group.hidden = !group.querySelector(".event:not([hidden])");
  $("shown").textContent = shown;
}

/** The earliest first, or the latest first again. */
function turn() {
  const groups = [...document.querySelectorAll("#events .group")];
  const after = groups.at(-1).nextSibling;
  for (const group of groups.reverse()) {
    group.append(...[...group.querySelectorAll(":scope > .event")].reverse());
    group.parentElement.insertBefore(group, after);
  }
}

/** Show the page in Arabic or in English, and have links to the other pages keep the language. */
function speak(language) {
  const root = document.documentElement;
  root.lang = language;
  root.dir = language === "ar" ? "rtl" : "ltr";
  $("language").textContent = language === "ar" ? "English" : "العربية";
  $("language").lang = language === "ar" ? "en" : "ar";
  if ($("words")) $("words").placeholder = $("words").ariaLabel = $("words").dataset[language];
  for (const link of document.querySelectorAll("a[href*='.html']")) {
    const [page, hash] = link.getAttribute("href").split("#");
    link.setAttribute("href", page.replace("?en", "") + (language === "en" ? "?en" : "") + "#" + hash);
  }
}

$("language").addEventListener("click", () => speak(document.documentElement.lang === "ar" ? "en" : "ar"));
if ($("filter")) {
  $("filter").addEventListener("submit", (event) => event.preventDefault());
  $("filter").addEventListener("input", filter);
  $("order").addEventListener("click", turn);
}
addEventListener("hashchange", light);
document.addEventListener("click", (event) => {
  // A second click on the same link lights its characters again.
  const link = event.target.closest("a[href^='#']");
  if (link && link.getAttribute("href") === location.hash) light();
});
if (location.search === "?en") speak("en");
light();
