/**
 * Code tables of a packed label, version 1. Frozen: a code never changes its meaning, because labels are printed. A category that is not
 * listed is packed as its slug. It must not be appended later, because labels with its slug as text may exist.
 */

/** Category slugs by code. Codes up to 23 need one octet, so instruments that cross the border have the lowest. */
export const CATEGORY_CODES: readonly string[] = [
  'taximeter',
  'road-tanker',
  'tank-container',
  'fuel-dispenser',
  'gas-filler',
  'radar-mobile',
  'laser-speed',
  'breath-alcohol',
  'axle-weigher',
  'sound-level-meter',
  'exhaust-gas',
  'water-meter',
  'gas-meter',
  'energy-meter',
  'ev-charger',
  'sphygmomanometer-manual',
  'sphygmomanometer-automatic',
  'pressure-gauge',
  'nawi-digital',
  'nawi-price',
  'nawi-mechanical',
  'thermometer-clinical-other',
  'thermometer-clinical-glass',
  'opacimeter',
  'truck-scale-load-measuring',
  'belt-weigher',
  'gravimetric-filler',
  'rail-weighbridge',
  'load-cell',
  'weighing-indicator',
  'storage-tank',
  'rail-tanker',
  'ship-tank',
  'hydrogen-filler',
  'heat-meter',
  'flowmeter',
  'tonometer',
  'radar-fixed',
  'coil-speed',
  'vibration-meter',
  'instrument-transformer',
  'audiometer',
  'electrocardiograph',
  'electroencephalograph',
  'patient-monitor',
  'medical-electrical',
  'optometry',
  'gas-alarm',
  'dust-meter',
  'water-quality',
  'moisture-meter',
  'hydrometer',
  'weights',
  'engine-dynamometer',
  'torque-transducer',
]

/** Outcomes by code. */
export const OUTCOME_CODES = ['pass', 'fail'] as const

/** Values of a character of a USCC (GB 32100—2015 表 2): its position here. Positions 3 to 8 are decimal digits. */
export const USCC_CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY'
