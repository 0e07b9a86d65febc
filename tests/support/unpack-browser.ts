// Why this exists: the package of Chromium unpacks itself into the temporary folder when it is first used, and whoever finds the file there
// runs it, whole or not. Two processes of tests that begin on a fresh machine must not meet there, so it is unpacked before both.
import chromium from '@sparticuz/chromium'

export const setup = async (): Promise<void> => void (await chromium.executablePath())
