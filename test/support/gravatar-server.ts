import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How a question is answered. */
export type GravatarAnswer = (answer: ServerResponse) => void

/** A server in Gravatar's place; whatever `answer` is at the moment is said to every question. */
export async function startGravatar(answer: GravatarAnswer = none) {
	const asked: string[] = []
	const server = createServer((question, response) => {
		asked.push(question.url!)
		gravatar.answer(response)
	})
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	const gravatar = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		/** Paths, with what stands after `?`. */
		asked,
		answer,
		async close() {
			server.closeAllConnections()
			await new Promise((resolve) => server.close(resolve))
		},
	}
	return gravatar
}

/** There is no such picture. */
export function none(answer: ServerResponse): void {
	answer.writeHead(404).end('404 Not Found')
}

/** This is the picture, whatever it is. */
export function bytes(content: Buffer | string, type = 'image/jpeg'): GravatarAnswer {
	return (answer) => answer.writeHead(200, { 'Content-Type': type }).end(content)
}
