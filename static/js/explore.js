// Draws the page's figure with the library, which is loaded only here and from our own server.
// Without it the page still carries the table.
const place = document.getElementById("explore");
const wait = document.getElementById("explore-wait");
const failed = document.getElementById("explore-failed");

function load(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
    document.head.append(script);
  });
}

async function draw() {
  const { data, layout, config } = JSON.parse(document.getElementById("figure").textContent);
  await load(place.dataset.plotly);
  const ink = getComputedStyle(document.body).color;
  place.hidden = false;
  await window.Plotly.newPlot(place, data, { ...layout, font: { ...layout.font, color: ink } }, config);
}

wait.hidden = false;
try {
  await draw();
} catch (error) {
  console.error(error);
  place.hidden = true;
  failed.hidden = false;
}
wait.hidden = true;
