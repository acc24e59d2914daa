// Runs in a sandboxed frame, whose origin is "null": hands the port that it is given to the App in that
// frame of the host page, as somebody would who poses as Welkin. Not a module, since a module's file
// is fetched by the rules for other origins.
addEventListener('message', ({ data, ports }) => {
  parent.frames[data.index]?.postMessage('welkin_init', '*', [...ports]);
});
