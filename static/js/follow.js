// A small page of questions: shows those that are asked, as tables say for what is chosen on it
// (surveys/logic/tables.py). Every form works without it; it knows nothing of conditions.

const block = (code) => document.querySelector(`[data-code="${CSS.escape(code)}"]`);
const chosen = (code) => [...(block(code)?.querySelectorAll("input:checked, option:checked") ?? [])];

const tables = JSON.parse(document.querySelector("#tables").textContent);

const follow = () => {
  for (const { by, hidden } of tables) {
    let place = 0;
    for (const [code, adds] of Object.entries(by)) {
      for (const one of chosen(code)) if (Object.hasOwn(adds, one.value)) place += adds[one.value];
    }
    for (const [code, flags] of Object.entries(hidden)) if (block(code)) block(code).hidden = flags[place] === "1";
  }
  for (const group of [...document.querySelectorAll("[data-group]")].reverse()) {
    group.hidden = [...group.querySelectorAll("[data-code]")].every((one) => one.hidden);
  }
};

for (const sentence of document.querySelectorAll(".applies")) sentence.remove();
document.addEventListener("input", follow);
follow();
