import { rolldown } from 'rolldown';
import { bundle } from '../build/bundle.ts';

export interface BundleFigures {
  readonly files: number;
  readonly bytes: number;
  readonly modules: number;
  /** Modules of src/ in the bundle. */
  readonly ownModules: number;
}

/** Bundles src/ in memory with the options of `npm run build`. */
export async function measureBundle(): Promise<BundleFigures> {
  const build = await rolldown(bundle);
  const { output } = await build.generate(bundle.output);
  const chunks = output.filter((file) => file.type === 'chunk');
  const modules = chunks.flatMap(({ moduleIds }) => moduleIds);
  return {
    files: output.length,
    bytes: chunks.reduce((sum, { code }) => sum + Buffer.byteLength(code), 0),
    modules: modules.length,
    ownModules: modules.filter((id) => !id.includes('node_modules')).length,
  };
}
