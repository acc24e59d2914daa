// Runs in a sandboxed frame, whose origin is "null": passes the port that it receives to the App in that
// frame of the host page, as an attacker who poses as Welkin would. Not a module, because modules are
// fetched with CORS, which fails for this origin.
addEventListener('message', ({ data, ports }) => {
  parent.frames[data.index]?.postMessage('welkin_init', '*', [...ports]);
});
