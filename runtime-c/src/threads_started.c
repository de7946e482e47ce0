#include "threads_started.h"

_Atomic bool wasmc_threads_started;
