#!/usr/bin/env node
// Runs on any Node, so that an old one gets a sentence instead of a syntax error. Keep to syntax of 2015.
var major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  process.stderr.write(
    'subdeck: this is Node ' +
      process.versions.node +
      ', and Subdeck needs Node 24 or later. Install one from nodejs.org; in a checkout, `npm ci && npm start` brings its own.\n',
  );
  process.exit(2);
} else {
  import('../dist/main.js').catch((error) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND' || !/\/dist\/main\.js$/.test(error.url)) throw error;
    process.stderr.write('subdeck: this checkout is not built yet. Run npm start, or npm run build.\n');
    process.exit(2);
  });
}
