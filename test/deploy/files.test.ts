import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readConfig, SETTINGS } from '../../src/config.ts'
import { isHere, verifyUnit } from './front.ts'

const root = join(import.meta.dirname, '../..')
const read = (name: string) => readFileSync(join(root, 'deploy', name), 'utf8')

const test = suite('the files to deploy by')

test('Compose sets what the program knows, to what it takes', () => {
	const blog = /\n {2}blog:\n([\s\S]*?)\n {2}database:/.exec(read('compose.yaml'))![1]!
	const block = /environment:\n([\s\S]*?)\n {4}\w/.exec(blog)![1]!
	const env = Object.fromEntries(
		[...block.matchAll(/^ {6}(\w+): "?(.*?)"?$/gm)].map(([, name, value]) => [
			name!,
			value!.replace(/\$\{\w+:-(.*?)\}/g, '$1'),
		]),
	)
	assert.ok(Object.keys(env).length > 5)
	for (const name of Object.keys(env))
		assert.ok(
			SETTINGS.some((setting) => setting.name === name),
			name,
		)
	const { host, port, databaseUrl } = readConfig(env)
	assert.equal([host, port, databaseUrl], ['0.0.0.0', 3000, 'postgres://otklik:otklik@database:5432/otklik'])
})

test('what starts the blog starts the pinned Node with a program that is there', () => {
	const unit = /^ExecStart=\/srv\/otklik\/(\S+) (\S+) serve$/m.exec(read('otklik.service'))!
	const image = /^CMD \["(.*?)", "(.*?)", "serve"\]$/m.exec(read('Dockerfile'))!
	for (const [, node, program] of [unit, image]) {
		assert.ok(existsSync(join(root, node!)), node)
		assert.ok(existsSync(join(root, program!)), program)
	}
})

// Only where there is systemd can it be asked.
if (isHere('systemd-analyze')) {
	test('systemd finds nothing wrong with the unit', () => assert.is(verifyUnit(read('otklik.service')), ''))
}

test.run()
