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
  void import('../dist/main.js');
}
