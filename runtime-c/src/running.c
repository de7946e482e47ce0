#include "runtime.h"

const struct wasmc_program *wasmc_running;
