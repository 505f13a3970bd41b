/* A whole export, CSV or JSON or workbook, through all threads of the pipe. */
#include "desk.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    fuzz_bounded(fuzz_read_twice, bytes, length);
    return 0;
}
