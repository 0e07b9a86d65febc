// Why this exists: the package of Chromium unpacks itself into the temporary folder at its first use, and a process that finds the file there
// runs it, complete or not. On a fresh machine two test processes would collide, so the file is unpacked before they start.
import chromium from '@sparticuz/chromium'

export const setup = async (): Promise<void> => void (await chromium.executablePath())
