import { render, Text } from 'ink';
import { createElement } from 'react';

/** The smallest bundled Ink program: what a start costs before Subdeck does anything. */
render(createElement(Text, null, 'hello from Ink'), { alternateScreen: true });
process.stdin.resume();
