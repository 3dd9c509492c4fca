// What a page of questions gains from script, kind by kind: points counted, ranks kept apart, sliders, lists to find in,
// files measured before they travel, items added and removed in place. Every form works without it.

const NUMBERS = { "٫": ".", "٬": "" };

/** Figures as typed on any of the keyboards our languages use, as ASCII digits. */
export const plain = (typed) =>
  typed.trim().replace(/[٠-٩]/g, (digit) => digit.charCodeAt(0) - 0x660)
    .replace(/[۰-۹]/g, (digit) => digit.charCodeAt(0) - 0x6f0).replace(/[٫٬]/g, (sign) => NUMBERS[sign]);

/** A whole number, or null where the text is none. */
export const whole = (typed) => (/^-?\d+$/.test(plain(typed)) ? Number(plain(typed)) : null);

const all = (root, selector) => [...root.querySelectorAll(selector)];
const blockOf = (element) => element.closest("[data-code]");
const changed = (element) => element.dispatchEvent(new Event("input", { bubbles: true }));

/** Say how much of a sum is left. The words wait for a pause, so that they aren't read at each key. */
function countPoints(line) {
  const { total, left, over, done } = line.dataset;
  const inputs = all(blockOf(line), "input");
  let pause;
  const say = () => {
    const rest = Number(total) - inputs.reduce((sum, input) => sum + (whole(input.value) ?? 0), 0);
    const words = rest > 0 ? left : rest < 0 ? over : done;
    line.textContent = words.replace("#", Math.abs(rest));
    line.classList.toggle("excess", rest < 0);
    line.classList.toggle("done", rest === 0);
  };
  for (const input of inputs) {
    input.addEventListener("input", () => {
      clearTimeout(pause);
      pause = setTimeout(say, 300);
    });
  }
}

/** Take what stands in one place of a ranking out of the others; say so where it stands twice. */
function keepRanksApart(list) {
  const selects = all(list, "select");
  const warning = document.createElement("p");
  warning.className = "wrong";
  warning.setAttribute("role", "status");
  list.after(warning);
  const sort = () => {
    const taken = selects.map((select) => select.value).filter(Boolean);
    for (const select of selects) {
      for (const option of select.options) {
        option.disabled = option.value !== select.value && taken.includes(option.value);
      }
    }
    const twice = new Set(taken).size < taken.length;
    warning.textContent = twice ? list.dataset.twice : "";
  };
  list.addEventListener("change", sort);
  sort();
}

/** "None of these" stands alone: choosing it lets go of the rest, and the other way round. */
function keepAlone(alone) {
  const others = all(blockOf(alone), "[type=checkbox]").filter((input) => input !== alone);
  alone.addEventListener("change", () => {
    for (const other of others) other.checked &&= !alone.checked;
  });
  for (const other of others) {
    other.addEventListener("change", () => {
      alone.checked &&= !other.checked;
    });
  }
}

/** A way back to no answer, there only while there is something to clear. */
function offerClearing(button) {
  const block = blockOf(button);
  const look = () => {
    button.hidden = !block.querySelector(":checked");
  };
  block.addEventListener("input", look);
  button.addEventListener("click", () => {
    for (const input of all(block, ":checked")) input.checked = false;
    block.querySelector("[name]").focus();
    changed(block);
  });
  look();
}

/** A slider beside a number box; the box keeps the answer, so nothing is answered by merely looking. */
function addSlider(box) {
  const slider = document.createElement("input");
  Object.assign(slider, { type: "range", min: box.min, max: box.max, step: box.step, tabIndex: -1 });
  slider.setAttribute("aria-hidden", "true");
  const follow = () => {
    slider.value = box.value === "" ? (Number(box.min) + Number(box.max)) / 2 : box.value;
    slider.classList.toggle("unset", box.value === "");
  };
  slider.addEventListener("input", () => {
    box.value = slider.value;
    follow();
    changed(box);
  });
  box.addEventListener("input", follow);
  box.after(slider);
  follow();
}

let lists = 0;

/** A box to find in a long list by typing: of a select it chooses, of open choices it hides the others. */
function addFinding(list) {
  const box = document.createElement("input");
  Object.assign(box, { type: "search", className: "box finding", placeholder: list.dataset.find, autocomplete: "off" });
  box.setAttribute("aria-label", list.dataset.find);
  if (list.matches("select")) {
    const named = new Map([...list.options].map((option) => [option.text.trim().toLowerCase(), option.value]));
    const offers = document.createElement("datalist");
    offers.id = `find-${(lists += 1)}`;
    offers.append(...[...list.options].filter((option) => option.value).map((option) => new Option(option.text)));
    box.setAttribute("list", offers.id);
    box.addEventListener("input", () => {
      const code = named.get(box.value.trim().toLowerCase());
      if (code === undefined || code === "") return;
      list.value = code;
      changed(list);
    });
    list.before(box, offers);
    return;
  }
  const options = all(list, "label.option");
  box.addEventListener("input", () => {
    const wanted = box.value.trim().toLowerCase();
    for (const option of options) {
      const found = option.textContent.toLowerCase().includes(wanted);
      option.hidden = !found && !option.querySelector(":checked");
    }
  });
  list.before(box);
}

/** Say at once when a file is too large, before minutes are spent on sending it. */
function measure(input) {
  input.addEventListener("change", () => {
    const large = [...input.files].some((file) => file.size > Number(input.dataset.most));
    let told = input.parentElement.querySelector(".too-large");
    if (!told) {
      told = document.createElement("p");
      told.className = "wrong too-large";
      told.setAttribute("role", "alert");
      input.before(told);
    }
    told.textContent = large ? input.dataset.large : "";
    if (large) input.value = "";
  });
}

const newId = () => [...crypto.getRandomValues(new Uint8Array(4))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** Add and remove items in place. Removing still asks first: its button is folded away. */
function keepItems(repeat) {
  const list = repeat.querySelector(":scope > [data-items]");
  const pattern = repeat.querySelector(":scope > template");
  const items = () => all(list, ":scope > [data-item]");
  const count = () => {
    items().forEach((item, index) => {
      for (const place of all(item, ":scope > legend [data-place], :scope > details > summary [data-place]")) {
        place.textContent = index + 1;
      }
    });
  };
  repeat.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add], [data-remove]");
    if (!button || button.closest("[data-repeat]") !== repeat) return;
    event.preventDefault();
    if (button.matches("[data-add]")) {
      const copy = document.createElement("template");
      copy.innerHTML = pattern.innerHTML.replaceAll(pattern.dataset.open, newId());
      const item = copy.content.querySelector("[data-item]");
      list.append(item);
      enliven(item);
      item.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    } else {
      const gone = button.closest("[data-item]");
      const near = gone.nextElementSibling ?? gone.previousElementSibling;
      gone.remove();
      (near?.querySelector("summary") ?? repeat.querySelector(":scope > [data-add]")).focus();
    }
    count();
    changed(list);
  });
}

/** Give script's help to what stands in a part of the page. */
export function enliven(root) {
  all(root, "[data-total]").forEach(countPoints);
  all(root, "[data-twice]").forEach(keepRanksApart);
  all(root, "[data-alone]").forEach(keepAlone);
  all(root, "[data-clear]").forEach(offerClearing);
  all(root, "[data-slider]").forEach(addSlider);
  all(root, "[data-find]").forEach(addFinding);
  all(root, "[data-most]").forEach(measure);
  all(root, "[data-repeat]").forEach((repeat) => repeat.querySelector(":scope > template") && keepItems(repeat));
}

const live = document.querySelector("form[data-live]");
if (live) enliven(live);
