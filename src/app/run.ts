import { runProgram } from './run-program.ts';

// Diagnostic reports leave out the environment, and SIGUSR1 opens no debugger: either would expose secrets.
process.report.excludeEnv = true;
process.on('SIGUSR1', () => undefined);

// The words choose the mode; only that mode is loaded.
process.exitCode = await runProgram(process.argv.slice(2), {
  env: process.env,
  stderr: process.stderr,
  runWords: async (parsed, secrets) => (await import('./modes/command-line.ts')).runCommandLineMode(parsed, secrets),
  launch: async (launchMode, flags, secrets) => {
    if (launchMode === 'assistant') return (await import('./modes/assistant.ts')).runAssistantMode(flags, secrets);
    if (launchMode === 'sandbox') return (await import('./modes/sandbox.ts')).runSandboxMode(flags);
    return (await import('./modes/console.ts')).runConsoleMode(launchMode, flags, secrets);
  },
});
// Keep-alive connections would hold the process for seconds.
process.stdout.write('', () => process.exit());
