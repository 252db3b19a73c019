import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { SETTINGS } from '../../src/config.ts'
import { readSources } from './sources.ts'

test('README names every setting', () => {
	const readme = readSources('README.md').get('README.md') ?? ''
	const missing = SETTINGS.filter(({ name }) => !readme.includes(`\`${name}\``)).map(({ name }) => name)
	assert.equal(missing, [])
})

test.run()
