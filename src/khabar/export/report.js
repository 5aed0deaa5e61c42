"use strict";
// Two jobs: light up exact characters of a document (#id@start-end), and filter the timeline.  No markup is built from text.

const SAME = { "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ء": "" };

/** The spelling-blind form of a text, as the program's own search folds it. */
function fold(text) {
  return text.toLowerCase().replace(/[\u064b-\u065f\u0670\u0640]/g, "").replace(/[أإآٱىةؤئء]/g, (letter) => SAME[letter]);
}

function light() {
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  const [id, range] = decodeURIComponent(location.hash.slice(1)).split("@");
  const target = document.getElementById(id);
  if (!target) return;
  if (target.tagName === "DETAILS") target.open = true;
  if (!range) return target.scrollIntoView();
  const [start, end] = range.split("-").map(Number);
  const parts = [...target.querySelectorAll("[data-s]")].filter((part) => part.dataset.s >= start && part.dataset.s < end);
  for (const part of parts) part.classList.add("lit");
  (parts[0] || target).scrollIntoView({ block: "center" });
}

function filter() {
  const words = fold(document.getElementById("words").value).split(/\s+/).filter(Boolean);
  const several = document.getElementById("several").checked;
  const contested = document.getElementById("contested").checked;
  let shown = 0;
  for (const event of document.querySelectorAll(".event")) {
    const text = (event.folded ??= fold(event.textContent + " " + event.dataset.english));
    const hidden = !words.every((word) => text.includes(word)) || (several && Number(event.dataset.accounts) < 2)
      || (contested && !event.matches(".disputed, .denied"));
    event.hidden = hidden;
    shown += !hidden;
  }
  for (const year of document.querySelectorAll(".year")) year.hidden = !year.querySelector(".event:not([hidden])");
  document.getElementById("shown").textContent = shown;
}

document.getElementById("filter").addEventListener("submit", (event) => event.preventDefault());
document.getElementById("filter").addEventListener("input", filter);
addEventListener("hashchange", light);
document.addEventListener("click", (event) => {
  // A second click on the same link lights its characters again.
  const link = event.target.closest("a[href^='#']");
  if (link && link.hash === location.hash) light();
});
light();
