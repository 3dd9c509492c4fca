// Works through a queue by keyboard: up and down, choosing, an outcome with one key. Keys count only while
// the list has the focus, so that they disturb nobody who types or listens. Without it all is done by
// boxes and buttons.

const list = document.getElementById("queue");
const entries = [...list.querySelectorAll(".entry")];
const OUTCOMES = {
  a: "accepted", p: "partly", n: "not_accepted", o: "noted", d: "duplicate", s: "out_of_scope", c: "carried_over",
};
let current = -1;

const box = (entry) => entry.querySelector("input[type=checkbox]");

// One stop for the tab key: the entry one was at last.
function go(index) {
  if (!entries[index]) return;
  entries.forEach((entry, at) => { entry.tabIndex = at === index ? 0 : -1; });
  current = index;
  entries[index].focus({ preventScroll: true });
  entries[index].scrollIntoView({ block: "nearest" });
}

function choose(outcome) {
  const radio = document.querySelector(`input[name=outcome][value=${outcome}]`);
  if (!radio) return;
  radio.checked = true;
  if (!entries.some((entry) => box(entry).checked)) box(entries[current]).checked = true;
}

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || !event.target.classList.contains("entry")) return;
  const key = event.key.toLowerCase();
  if (key === "j" || key === "arrowdown") go(current + 1);
  else if (key === "k" || key === "arrowup") go(current - 1);
  else if (key === "x" || key === " ") box(entries[current]).checked = !box(entries[current]).checked;
  else if (key === "enter") entries[current].querySelector("a.nr").click();
  else if (key === "r") document.getElementById("reason")?.focus();
  else if (OUTCOMES[key]) choose(OUTCOMES[key]);
  else return;
  event.preventDefault();
}

entries.forEach((entry, at) => {
  entry.tabIndex = at === 0 ? 0 : -1;
  entry.addEventListener("focus", () => { current = at; });
});
list.addEventListener("keydown", press);
document.querySelectorAll(".keys").forEach((line) => { line.hidden = false; });
document.querySelector("[data-start-keys]")?.addEventListener("click", () => go(Math.max(current, 0)));
