// Meets the challenge of a public questionnaire's first page while the person reads (core/proofs.py).
// The same file is the page's script and the worker that counts; it speaks a JavaScript old phones know.
// Without it the server asks for a wait instead. It knows nothing of who reads, and sends nothing itself.
(function () {
  "use strict";
  var K = [], H = [];

  /** The constants of SHA-256: fractions of the roots of the first primes. */
  function prepare() {
    var fraction = function (x) { return ((x - Math.floor(x)) * 4294967296) | 0; };
    for (var n = 2; K.length < 64; n++) {
      for (var d = 2; d * d <= n && n % d; d++);
      if (d * d <= n) continue;
      if (H.length < 8) H.push(fraction(Math.sqrt(n)));
      K.push(fraction(Math.cbrt ? Math.cbrt(n) : Math.pow(n, 1 / 3)));
    }
  }

  /** The first word of the SHA-256 of a text of at most 55 ASCII letters. */
  function firstWord(text, w) {
    var i, length = text.length;
    for (i = 0; i < 16; i++) w[i] = 0;
    for (i = 0; i < length; i++) w[i >> 2] |= text.charCodeAt(i) << (24 - 8 * (i & 3));
    w[length >> 2] |= 128 << (24 - 8 * (length & 3));
    w[15] = length * 8;
    for (i = 16; i < 64; i++) {
      var x = w[i - 15], y = w[i - 2];
      var s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      var s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
    }
    var a = H[0], b = H[1], c = H[2], d = H[3], e = H[4], f = H[5], g = H[6], h = H[7];
    for (i = 0; i < 64; i++) {
      var S1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      var t1 = (h + S1 + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
      var S0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      var t2 = (S0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
    }
    return (a + H[0]) | 0;
  }

  if (typeof document === "undefined") {
    self.onmessage = function (event) {
      var task = event.data, w = [], n = 0;
      prepare();
      while (firstWord(task.signature + ":" + n, w) >>> (32 - task.bits)) n++;
      self.postMessage(String(n));
    };
    return;
  }

  var field = document.querySelector("[data-signature]");
  if (!field || !window.Worker) return;
  var form = field.form, button = form.querySelector("button"), waiting = false;
  var status = form.querySelector("[role=status]"), since = Date.now();

  function send() {
    if (waiting) form.submit();
  }

  var worker = new Worker(document.currentScript.src);
  worker.onmessage = function (event) {
    field.value = event.data;
    send();
  };
  worker.postMessage({ signature: field.dataset.signature, bits: Number(field.dataset.bits) });
  form.addEventListener("submit", function (event) {
    var left = field.dataset.wait * 1000 - (Date.now() - since);
    if (field.value || left <= 0) return;
    event.preventDefault();
    if (waiting) return;
    waiting = true;
    button.disabled = true;
    status.textContent = field.dataset.moment;
    setTimeout(send, left + 1000);
  });
})();
