// Asks before leaving a page with words that were typed and not sent. A form says so with
// data-guarded; its value is "unsent" where the page already shows what was refused.

const forms = [...document.querySelectorAll("form[data-guarded]")];
const said = (form) => JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value.name ?? value]));
const before = new Map(forms.map((form) => [form, form.dataset.guarded === "unsent" ? "" : said(form)]));
let sent = null;

document.addEventListener("submit", (event) => { sent = event.target; });
addEventListener("pageshow", () => { sent = null; });
addEventListener("beforeunload", (event) => {
  if (forms.some((form) => form !== sent && said(form) !== before.get(form))) event.preventDefault();
});
