/* Runs a driver on each file given: the stored corpus, in every test run. */
#include "fuzz.h"

int
main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        FILE *f = fopen(argv[i], "rb");
        if (!f) {
            perror(argv[i]);
            return 1;
        }
        static uint8_t bytes[1 << 20];
        size_t size = fread(bytes, 1, sizeof bytes, f);
        fclose(f);
        uint8_t *exact = malloc(size ? size : 1); /* so that overruns show */
        if (!exact)
            return 1;
        for (size_t k = 0; k < size; k++)
            exact[k] = bytes[k];
        LLVMFuzzerTestOneInput(exact, size);
        free(exact);
    }
    return 0;
}
