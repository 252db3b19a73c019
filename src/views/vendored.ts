import { fileURLToPath } from 'node:url'

/** Files of npm packages that pages are given as they are: the name of the asset → the file. */
export const VENDORED: Record<string, string> = {
	'webauthn.js': fileURLToPath(
		new URL('../dist/bundle/index.umd.min.js', import.meta.resolve('@simplewebauthn/browser')),
	),
}
