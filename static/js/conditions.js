// Conditions as surveys/conditions computes them, held to it by tests/surveys/condition_vectors.json.
// An unknown value is undefined. Knows nothing of pages.

const number = (value) =>
  typeof value !== "string" ? Number(value)
    : /^[ \t\r\n]*-?(\d+(\.\d*)?|\.\d+)[ \t\r\n]*$/.test(value) ? Number(value) : NaN;
const words = (value) => String(value).match(/[^ \t\r\n]+/g) ?? [];
const equal = (a, b) => {
  if (typeof a === "boolean" || typeof b === "boolean") return !!a === !!b;
  if (typeof a === "number" || typeof b === "number") return number(a) === number(b);
  return a === b;
};

const operators = {
  "=": equal,
  "!=": (a, b) => !equal(a, b),
  "<": (a, b) => number(a) < number(b),
  "<=": (a, b) => number(a) <= number(b),
  ">": (a, b) => number(a) > number(b),
  ">=": (a, b) => number(a) >= number(b),
  and: (...all) => all.every(Boolean),
  or: (...all) => all.some(Boolean),
  not: (a) => !a,
  selected: (a, b) => words(a).includes(String(b)),
  count_selected: (a) => words(a).length,
  "+": (a, b) => number(a) + number(b),
  "-": (a, b) => (b === undefined ? -number(a) : number(a) - number(b)),
};
const decides = { and: false, or: true }; // one such argument settles the result

/** A stored answer as conditions see it. */
const valueOf = (answer) =>
  answer === true ? "yes"
    : answer === false ? "no"
      : typeof answer === "number" || typeof answer === "string" ? answer
        : Array.isArray(answer) ? answer.map(valueOf).join(" ")
          : typeof answer?.choice === "string" ? answer.choice : "";

const empty = (answer) =>
  answer === "" || answer == null || (typeof answer === "object" && !Object.keys(answer).length);

const partly = (tree, lookUp, self) => {
  if ("ref" in tree) return lookUp(tree.ref);
  if ("value" in tree) return tree.value;
  if ("this" in tree) return self;
  const values = tree.args.map((argument) => partly(argument, lookUp, self));
  const known = values.filter((value) => value !== undefined);
  const settled = decides[tree.op];
  if (known.some((value) => !!value === settled)) return settled;
  return known.length === values.length ? operators[tree.op](...values) : undefined;
};

// A question may be called "constructor": only an object's own keys are its answers.
const own = (object, key) => (Object.hasOwn(object, key) ? object[key] : undefined);

/** The condition's value for these answers; what is missing is an empty text. */
export const evaluate = (tree, answers, self) =>
  partly(tree, (code) => valueOf(own(answers, code)), valueOf(self));

/** "shown", "hidden" or "undetermined" for each code that has a condition. */
export function visibility(relevantByCode, answers) {
  const seen = new Map();
  const look = (code) => {
    if (!Object.hasOwn(relevantByCode, code)) return "shown";
    if (!seen.has(code)) {
      const value = partly(relevantByCode[code], lookUp);
      seen.set(code, value === undefined ? "undetermined" : value ? "shown" : "hidden");
    }
    return seen.get(code);
  };
  const lookUp = (code) => {
    const state = look(code);
    if (state === "hidden") return "";
    const answer = own(answers, code);
    return state === "shown" && !empty(answer) ? valueOf(answer) : undefined;
  };
  Object.keys(relevantByCode).forEach(look);
  return Object.fromEntries(seen);
}
