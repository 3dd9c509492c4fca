// The page of translations: saves by keyboard, and asks before unsaved words are left. It works without.

const form = document.querySelector("form.pairs");
const words = () => [...form.querySelectorAll("textarea, [type=checkbox]")]
  .map((box) => (box.type === "checkbox" ? box.checked : box.value)).join("\u0000");

if (form) {
  const before = words();
  let sending = false;
  form.querySelector(".only-script").hidden = false;
  form.addEventListener("submit", () => { sending = true; });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector(".actions button"));
  });
  window.addEventListener("beforeunload", (event) => {
    if (!sending && words() !== before) event.preventDefault();
  });
}
