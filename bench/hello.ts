import { render, Text } from 'ink';
import { createElement } from 'react';

/** The smallest bundled Ink program: the base cost of a start. */
render(createElement(Text, null, 'hello from Ink'), { alternateScreen: true });
process.stdin.resume();
