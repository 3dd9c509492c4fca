// A comment's page: words selected in the paragraph are put into the field that quotes them. It works
// without this; nothing is stored before the form is sent.

const passage = document.querySelector("[data-passage] p");
const quote = document.querySelector("[data-quote]");
const start = document.querySelector("[name=quote_start]");

/** How many characters stand before a place of the passage; what only listeners hear isn't counted. */
const before = (node, offset) => {
  const range = document.createRange();
  range.setStart(passage, 0);
  range.setEnd(node, offset);
  const copy = range.cloneContents();
  for (const hidden of copy.querySelectorAll("sup")) hidden.remove();
  return [...copy.textContent].length;
};

const take = () => {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  if (!passage.contains(range.startContainer) || !passage.contains(range.endContainer)) return;
  const copy = range.cloneContents();
  for (const hidden of copy.querySelectorAll("sup")) hidden.remove();
  const words = copy.textContent.trim();
  if (!words) return;
  quote.value = words;
  start.value = before(range.startContainer, range.startOffset);
};

if (passage && quote && start) {
  passage.addEventListener("pointerup", take);
  passage.addEventListener("touchend", take);
  document.addEventListener("selectionchange", () => {
    if (document.activeElement !== quote) take();
  });
}
