import own from '../package.json' with { type: 'json' };

/** As in package.json. */
export const version: string = own.version;

/** What every vendor is told of who calls. */
export const userAgent = `subdeck/${version}`;

/** `build.js` puts it in. */
declare const builtFromCommit: string | undefined;

/** The commit that the bundle was built from, abbreviated; null: run from source, or built outside a checkout. */
export const commit = typeof builtFromCommit === 'string' && builtFromCommit !== '' ? builtFromCommit : null;
